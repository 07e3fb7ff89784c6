//! Zip archives: stored and deflated members are read, stored ones written.

use alloc::{format, string::String, vec::Vec};

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::error::{Fault, FileError, Place};
use crate::text::{Text, text};

/// Signatures of the parts of an archive.
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Bytes of those parts before names and remarks.
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
/// The version of zip that is needed to read what is written here: 2.0.
const VERSION: u16 = 20;
/// Flags: encrypted; names are UTF-8.
const ENCRYPTED: u16 = 1;
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the first day of zip: when it is written is nobody's business.
const DATE: u16 = 0x21;

const DIRECTORY: Text = text("the directory of the zip archive", "zip 压缩包的目录");
const MEMBER: Text = text("a member of the zip archive", "zip 压缩包内的文件");

/// A member of an archive.
pub struct Member<'a> {
    /// Its name.
    pub name: String,
    method: u16,
    flags: u16,
    crc: u32,
    size: usize,
    packed: Result<&'a [u8], Fault>,
}

/// The members of an archive.
pub fn members(bytes: &[u8]) -> Result<Vec<Member<'_>>, FileError> {
    let cut = || Place::File.fault(Fault::Cut { what: DIRECTORY });
    // Behind the end record stands a remark of at most 65,535 bytes.
    let last = bytes.len().checked_sub(END_SIZE).ok_or_else(cut)?;
    let found = (last.saturating_sub(0xffff)..=last).rev().find(|&at| u32_at(bytes, at) == Some(END));
    let end = found.ok_or_else(cut)?;
    let count = u16_at(bytes, end + 10).ok_or_else(cut)?;
    let mut at = u32_at(bytes, end + 16).ok_or_else(cut)? as usize;
    let mut members = Vec::new();
    for _ in 0..count {
        let word = |offset: usize| u16_at(bytes, at.saturating_add(offset)).ok_or_else(cut);
        let long = |offset: usize| u32_at(bytes, at.saturating_add(offset)).ok_or_else(cut);
        if long(0)? != CENTRAL {
            return Err(Place::File.fault(Fault::Damaged { what: DIRECTORY }));
        }
        let (name, more, remark) = (word(28)? as usize, word(30)? as usize, word(32)? as usize);
        let text = bytes.get(at + CENTRAL_SIZE..at + CENTRAL_SIZE + name).ok_or_else(cut)?;
        members.push(Member {
            name: String::from_utf8_lossy(text).into_owned(),
            method: word(10)?,
            flags: word(8)?,
            crc: long(16)?,
            size: long(24)? as usize,
            packed: packed(bytes, long(42)? as usize, long(20)? as usize),
        });
        at += CENTRAL_SIZE + name + more + remark;
    }
    Ok(members)
}

/// The bytes of a member as they stand in the archive.
fn packed(bytes: &[u8], local: usize, length: usize) -> Result<&[u8], Fault> {
    let cut = Fault::Cut { what: MEMBER };
    if u32_at(bytes, local) != Some(LOCAL) {
        return Err(Fault::Damaged { what: DIRECTORY });
    }
    let (Some(name), Some(more)) = (u16_at(bytes, local + 26), u16_at(bytes, local + 28)) else { return Err(cut) };
    let start = local + LOCAL_SIZE + usize::from(name) + usize::from(more);
    bytes.get(start..).and_then(|rest| rest.get(..length)).ok_or(cut)
}

impl Member<'_> {
    /// Its bytes, unpacked and checked. They are at most about a thousand times as many as those packed: deflate packs no
    /// closer.
    pub fn bytes(&self) -> Result<Vec<u8>, FileError> {
        let place = || Place::Part(self.name.clone());
        let packed = self.packed.clone().map_err(|fault| place().fault(fault))?;
        let remedy = text("pack it with plain deflate and without a password", "请用普通 deflate 压缩，且不设密码");
        let unpacked = match self.method {
            _ if self.flags & ENCRYPTED != 0 => {
                return Err(place().fault(Fault::NotRead { what: "encryption".into(), remedy }));
            }
            0 => Some(packed.to_vec()),
            8 => decompress_to_vec_with_limit(packed, self.size).ok(),
            other => return Err(place().fault(Fault::NotRead { what: format!("method {other}"), remedy })),
        };
        unpacked
            .filter(|bytes| bytes.len() == self.size && crc32(bytes) == self.crc)
            .ok_or_else(|| place().fault(Fault::Damaged { what: MEMBER }))
    }
}

/// An archive of stored files.
pub fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, file) in files {
        let mut head = Vec::new();
        [VERSION, UTF8, 0, 0, DATE].iter().for_each(|word| head.extend(word.to_le_bytes()));
        let size = file.len() as u32;
        [crc32(file), size, size].iter().for_each(|word| head.extend(word.to_le_bytes()));
        head.extend((name.len() as u32).to_le_bytes());
        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&head);
        // Remark, disk and attributes: none.
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(LOCAL.to_le_bytes());
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(file);
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(END.to_le_bytes());
    let count = files.len() as u16;
    [0, 0, count, count].iter().for_each(|word| out.extend(word.to_le_bytes()));
    [directory.len() as u32, at].iter().for_each(|word| out.extend(word.to_le_bytes()));
    out.extend(0u16.to_le_bytes());
    out
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|word| u16::from_le_bytes(*word))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
}

/// The checksum of zip, by a table of what each byte adds.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let (mut table, mut i) = ([0; 256], 0);
        while i < 256 {
            let (mut crc, mut bit) = (i as u32, 0);
            while bit < 8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
                bit += 1;
            }
            table[i] = crc;
            i += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |crc: u32, &byte| (crc >> 8) ^ TABLE[((crc ^ u32::from(byte)) & 0xff) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_zip() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
