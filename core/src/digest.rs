//! `Digest`: 64 bits that are the same exactly when the same words were added in the same order (FNV-1a).

/// A running digest.
pub struct Digest(u64);

impl Default for Digest {
    /// FNV's 64-bit offset basis.
    fn default() -> Digest {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Adds a word, lowest byte first.
    pub fn add(&mut self, word: u32) {
        for byte in word.to_le_bytes() {
            // FNV's 64-bit prime.
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The digest of all words so far.
    pub fn value(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector for "foob" of the FNV authors' test suite.
    #[test]
    fn is_fnv_1a() {
        let mut digest = Digest::default();
        digest.add(u32::from_le_bytes(*b"foob"));
        assert_eq!(digest.value(), 0xdd12_0e79_0c25_12af);
    }
}
