//! Bytes as text that an address can hold: base64url without padding, RFC 4648.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text of `bytes`.
pub fn encode(bytes: &[u8]) -> String {
    let digit = |bits: u32| char::from(DIGITS[bits as usize & 63]);
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        let digits = [bits >> 18, bits >> 12, bits >> 6, bits].map(digit);
        digits.into_iter().take(group.len() + 1)
    };
    bytes.chunks(3).flat_map(group).collect()
}

/// The bytes of `text`; nothing if it is not just what [`encode`] writes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.as_bytes().chunks(4) {
        let digits = group.iter().map(|byte| DIGITS.iter().position(|digit| digit == byte));
        let bits =
            digits.into_iter().try_fold(0, |bits, digit| Some(bits << 6 | digit? as u32))? << (6 * (4 - group.len()));
        bytes.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_nothing_else_is_taken() {
        for (bytes, text) in [(&b""[..], ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (&[0xfb, 0xff], "-_8")] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        for wrong in ["Z", "Zg=", "Zh", "Zm9v Zg", "Zm9é", "+/8"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
