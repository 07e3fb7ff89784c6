//! MATLAB's `.mat` of version 5 to 7: variables with the names of the layout; others, and structs and cells, are passed over.
//!
//! The format: MathWorks, "MAT-File Format", version 5: elements of a tag (type, bytes) and data filled up to 8 bytes.

use alloc::{format, string::String, vec, vec::Vec};

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{
    Format,
    error::{Fault, FileError, Place},
    layout::{Array, Arrays, NAMES, Values},
    npz::ordered,
};
use crate::text::{Text, text};

/// `.mat`
pub static FORMAT: Format = Format {
    title: "MAT (MATLAB)",
    endings: &["mat"],
    doc: text(
        "Variables with the names of the arrays of NPZ. From MATLAB: save my.mat spikes target bin_ms -v7",
        "变量名与 NPZ 的数组名相同。在 MATLAB 中：save my.mat spikes target bin_ms -v7",
    ),
    begins: |bytes| bytes.starts_with(b"MATLAB ") || bytes.starts_with(HDF5),
    read,
};

/// How a file of version 7.3 begins where MATLAB's own text does not stand before it, and how NWB and others do.
const HDF5: &[u8] = b"\x89HDF\r\n";
const HEAD: usize = 128;
const VARIABLE: Text = text("a variable", "变量");
/// Types of elements.
const UTF8: u32 = 16;
const UTF16: u32 = 17;
const MATRIX: u32 = 14;
const COMPRESSED: u32 = 15;
/// Classes of arrays: text, and the numeric ones from double to uint64.
const CHAR: u8 = 4;
const NUMERIC: core::ops::RangeInclusive<u8> = 6..=15;
/// A flag of an array: it has an imaginary part.
const COMPLEX: u8 = 8;
/// Deflate packs no closer than this.
const CLOSEST: usize = 1032;

fn read(bytes: &[u8]) -> Result<Arrays, FileError> {
    if bytes.starts_with(HDF5) || bytes.starts_with(b"MATLAB 7.3") {
        let remedy =
            text("save with -v7 in MATLAB, or as .npz in Python", "请在 MATLAB 中用 -v7 保存，或在 Python 中存为 .npz");
        return Err(Place::File.fault(Fault::NotRead { what: "HDF5 (MATLAB -v7.3, NWB)".into(), remedy }));
    }
    let big = match bytes.get(HEAD - 2..HEAD) {
        Some(b"IM") => false,
        Some(b"MI") => true,
        Some(_) => return Err(Place::File.fault(Fault::Damaged { what: text("the header", "文件头") })),
        None => return Err(Place::File.fault(Fault::Cut { what: text("the header", "文件头") })),
    };
    let mut arrays = Arrays::new();
    let mut cursor = Cursor { bytes: &bytes[HEAD..], big };
    while !cursor.bytes.is_empty() {
        let (kind, data) = cursor.element().map_err(|fault| Place::File.fault(fault))?;
        let unpacked;
        let (kind, data) = if kind == COMPRESSED {
            let limit = data.len().saturating_mul(CLOSEST);
            unpacked = decompress_to_vec_zlib_with_limit(data, limit)
                .map_err(|_| Place::File.fault(Fault::Damaged { what: VARIABLE }))?;
            Cursor { bytes: &unpacked, big }.element().map_err(|fault| Place::File.fault(fault))?
        } else {
            (kind, data)
        };
        if kind == MATRIX {
            arrays.push(variable(Cursor { bytes: data, big })?);
        }
    }
    Ok(arrays)
}

/// A variable's name and array; an empty one where it is none of the layout's.
fn variable(mut cursor: Cursor) -> Result<(String, Array), FileError> {
    let whole = |fault| Place::File.fault(fault);
    let (_, flags) = cursor.element().map_err(whole)?;
    let flags = cursor.word(flags, 0).ok_or(whole(Fault::Damaged { what: VARIABLE }))?;
    let (class, flags) = (flags as u8, (flags >> 8) as u8);
    let (_, sizes) = cursor.element().map_err(whole)?;
    let (_, name) = cursor.element().map_err(whole)?;
    let name = String::from_utf8_lossy(name).into_owned();
    if !NAMES.contains(&name.as_str()) {
        return Ok((name, Array::words(Vec::new())));
    }
    let place = || Place::Part(name.clone());
    let fail = |fault| place().fault(fault);
    let damaged = || fail(Fault::Damaged { what: VARIABLE });
    let shape: Option<Vec<usize>> = (0..sizes.len() / 4).map(|i| cursor.word(sizes, i).map(|x| x as usize)).collect();
    let shape = shape.ok_or_else(damaged)?;
    let count = shape.iter().try_fold(1usize, |n, &size| n.checked_mul(size)).ok_or_else(damaged)?;
    if flags & COMPLEX != 0 || !(class == CHAR || NUMERIC.contains(&class)) {
        let remedy = text("save it as a real, full array or as text", "请存成实数的满矩阵或文本");
        return Err(fail(Fault::NotRead { what: format!("mxArray {class}"), remedy }));
    }
    let (kind, data) = cursor.element().map_err(|fault| place().fault(fault))?;
    if class == CHAR {
        return Ok((name.clone(), texts(&cursor, kind, data, &shape).ok_or_else(damaged)?));
    }
    let numbers = cursor.numbers(kind, data).ok_or_else(damaged)?;
    if numbers.len() != count {
        return Err(damaged());
    }
    // Single values and rows stand in MATLAB's files as 1 × 1 and 1 × n; where the layout wants a list, either will do.
    let list = matches!(name.as_str(), "bin_ms" | "segment" | "split");
    let numbers = ordered(numbers, &shape, true);
    let array = if list { Array::rows(numbers, 1) } else { Array { shape, values: Values::Numbers(numbers) } };
    Ok((name, array))
}

/// A text, or one for each row of a table of letters, without the spaces behind it.
fn texts(cursor: &Cursor, kind: u32, data: &[u8], shape: &[usize]) -> Option<Array> {
    let letters: Vec<char> = if kind == UTF8 {
        str::from_utf8(data).ok()?.chars().collect()
    } else {
        let codes = cursor.numbers(if kind == UTF16 { 4 } else { kind }, data)?;
        codes.iter().map(|&code| char::from_u32(code as u32).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    let (rows, columns) = (*shape.first()?, *shape.get(1)?);
    if shape.len() != 2 || Some(letters.len()) != rows.checked_mul(columns) || columns == 0 {
        return None;
    }
    let letters = ordered(letters, shape, true);
    Some(Array::words(letters.chunks(columns).map(|row| String::from_iter(row).trim_end().into()).collect()))
}

/// What is left of a file.
struct Cursor<'a> {
    bytes: &'a [u8],
    big: bool,
}

impl<'a> Cursor<'a> {
    fn word(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let word = *bytes.get(4 * at..)?.first_chunk()?;
        Some(if self.big { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) })
    }

    /// The next element: its type and data. Up to four bytes may stand in the tag itself.
    fn element(&mut self) -> Result<(u32, &'a [u8]), Fault> {
        let cut = || Fault::Cut { what: VARIABLE };
        let bytes = self.bytes;
        let (tag, size) = (self.word(bytes, 0).ok_or_else(cut)?, self.word(bytes, 1).ok_or_else(cut)? as usize);
        let (kind, size, start) = if tag >> 16 != 0 { (tag & 0xffff, (tag >> 16) as usize, 4) } else { (tag, size, 8) };
        let data = bytes[start..].get(..size).ok_or_else(cut)?;
        // Compressed elements are not filled up.
        let filled = if kind == COMPRESSED { start + size } else { (start + size).next_multiple_of(8) };
        self.bytes = bytes.get(filled..).unwrap_or_default();
        Ok((kind, data))
    }

    /// The numbers of an element of this type.
    fn numbers(&self, kind: u32, data: &[u8]) -> Option<Vec<f64>> {
        macro_rules! each {
            ($t:ty) => {{
                let chunks = data.as_chunks().0.iter();
                let read = if self.big { <$t>::from_be_bytes } else { <$t>::from_le_bytes };
                chunks.map(|bytes| read(*bytes) as f64).collect()
            }};
        }
        Some(match kind {
            1 => each!(i8),
            2 => each!(u8),
            3 => each!(i16),
            4 => each!(u16),
            5 => each!(i32),
            6 => each!(u32),
            7 => each!(f32),
            9 => each!(f64),
            12 => each!(i64),
            13 => each!(u64),
            _ if data.is_empty() => vec![],
            _ => return None,
        })
    }
}
