//! The NPZ format of NumPy: an uncompressed zip archive of NPY files.

/// Bytes that the head of an NPY file is filled up to a multiple of.
const NPY_ALIGN: usize = 64;
/// Signatures of the parts of a zip archive.
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// The version of zip that is needed to read it: 2.0.
const VERSION: u16 = 20;
/// Flag: names are UTF-8.
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the first day of zip: when it is written is nobody's business.
const DATE: u16 = 0x21;

/// An archive of arrays of float64, one dimension each.
pub fn archive<'a>(arrays: impl Iterator<Item = (&'a str, &'a [f64])>) -> Vec<u8> {
    let (mut out, mut directory, mut n) = (Vec::new(), Vec::new(), 0u16);
    for (name, values) in arrays {
        // A slash would be a folder.
        let name = format!("{}.npy", name.replace(['/', '\\'], "-"));
        let (file, at) = (npy(values), out.len() as u32);
        let mut head = Vec::new();
        for word in [VERSION, UTF8, 0, 0, DATE] {
            head.extend(word.to_le_bytes());
        }
        for word in [crc32(&file), file.len() as u32, file.len() as u32] {
            head.extend(word.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        out.extend(LOCAL.to_le_bytes());
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(file);
        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&head);
        // Comment, disk and attributes: none.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        n += 1;
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(END.to_le_bytes());
    for word in [0, 0, n, n] {
        out.extend(word.to_le_bytes());
    }
    for word in [directory.len() as u32, at] {
        out.extend(word.to_le_bytes());
    }
    out.extend(0u16.to_le_bytes());
    out
}

/// An array as an NPY file of version 1.0.
fn npy(values: &[f64]) -> Vec<u8> {
    let mut head = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({},), }}", values.len());
    let before = 10;
    let filled = (before + head.len() + 1).next_multiple_of(NPY_ALIGN) - before;
    while head.len() + 1 < filled {
        head.push(' ');
    }
    head.push('\n');
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((head.len() as u16).to_le_bytes());
    file.extend(head.as_bytes());
    file.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    file
}

/// The checksum of zip.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_zip() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_array_begins_at_a_multiple_of_its_alignment() {
        for n in [0, 3, 12_345] {
            let file = npy(&vec![1.5; n]);
            assert_eq!((file.len() - 8 * n) % NPY_ALIGN, 0);
            assert!(file.windows(9).any(|w| w == b"'<f8', 'f"));
        }
    }
}
