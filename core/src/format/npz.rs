//! NumPy's `.npz`: a zip archive of `.npy` files, each an array.

use alloc::{borrow::ToOwned, format, string::String, string::ToString, vec::Vec};

use super::{
    Format,
    error::{Fault, FileError, Place},
    layout::{Array, Arrays, NAMES, Values, short},
    zip,
};
use crate::text::{Text, text};

/// `.npz`
pub static FORMAT: Format = Format {
    title: "NPZ (NumPy)",
    endings: &["npz", "npy"],
    doc: text(
        "Arrays `spikes` or `signal` (time × channel), `target` (a row a bin, or a class a segment) and `bin_ms`; if you like `segment` (a number a bin) and `split` (train or test). From Python: np.savez(\"my.npz\", spikes=…, target=…, bin_ms=20).",
        "数组 `spikes` 或 `signal`（时间 × 通道）、`target`（每个时间仓一行，或每段一个类别）和 `bin_ms`；可选 `segment`（每个时间仓一个编号）和 `split`（train 或 test）。在 Python 中：np.savez(\"my.npz\", spikes=…, target=…, bin_ms=20)。",
    ),
    begins: |bytes| bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(MAGIC),
    read,
};

const MAGIC: &[u8] = b"\x93NUMPY";
const HEAD: Text = text("the head of the array", "数组的头部");
const NUMBERS: Text = text("the numbers of the array", "数组的数据");
/// Bytes that the head of an array is filled up to a multiple of.
const ALIGN: usize = 64;

fn read(bytes: &[u8]) -> Result<Arrays, FileError> {
    if bytes.starts_with(MAGIC) {
        let remedy = text(
            "save all arrays together: np.savez(\"my.npz\", spikes=…, target=…, bin_ms=…)",
            "请把所有数组存在一起：np.savez(\"my.npz\", spikes=…, target=…, bin_ms=…)",
        );
        return Err(Place::File.fault(Fault::NotRead { what: ".npy (1 array)".into(), remedy }));
    }
    let mut arrays = Arrays::new();
    for member in zip::members(bytes)? {
        let name = member.name.strip_suffix(".npy").unwrap_or(&member.name).to_owned();
        if arrays.iter().all(|(other, _)| *other != name) {
            // Others are not unpacked, and stand here for the message that something is missing.
            let known = NAMES.contains(&name.as_str());
            let array = if known { npy(&name, &member.bytes()?)? } else { Array::words(Vec::new()) };
            arrays.push((name, array));
        }
    }
    Ok(arrays)
}

/// The array of a `.npy` file; `name` is for messages.
pub fn npy(name: &str, bytes: &[u8]) -> Result<Array, FileError> {
    let fail = |fault| Place::Part(name.into()).fault(fault);
    let cut = || fail(Fault::Cut { what: HEAD });
    let damaged = || fail(Fault::Damaged { what: HEAD });
    if !bytes.starts_with(MAGIC) {
        return Err(damaged());
    }
    let [low, high] = *bytes.get(8..).and_then(|b| b.first_chunk()).ok_or_else(cut)?;
    let mut start = 10;
    let mut length = usize::from(u16::from_le_bytes([low, high]));
    if bytes[6] > 1 {
        let word = bytes.get(8..).and_then(|b| b.first_chunk()).ok_or_else(cut)?;
        (start, length) = (12, u32::from_le_bytes(*word) as usize);
    }
    let data = bytes.get(start..).and_then(|rest| rest.get(length..)).ok_or_else(cut)?;
    let head = str::from_utf8(&bytes[start..start + length]).map_err(|_| damaged())?;
    let after = |key: &str| head.split_once(key).map(|(_, rest)| rest.trim_start_matches([' ', ':', '\'', '"']));
    let kind = after("descr").and_then(|rest| rest.split(['\'', '"']).next()).ok_or_else(damaged)?;
    let fortran = after("fortran_order").ok_or_else(damaged)?.starts_with("True");
    let shape = after("shape").and_then(|rest| rest.strip_prefix('(')?.split_once(')')).ok_or_else(damaged)?.0;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty()).map(str::parse);
    let shape: Vec<usize> = sizes.collect::<Result<_, _>>().map_err(|_| damaged())?;
    let count = shape.iter().try_fold(1usize, |n, &size| n.checked_mul(size)).ok_or_else(damaged)?;
    let (width, decode) = decoder(kind).ok_or_else(|| {
        let remedy = text(
            "save numbers or texts: .astype(float), .astype(str)",
            "请存成数字或文本：.astype(float)、.astype(str)",
        );
        fail(Fault::NotRead { what: format!("“{}”", short(kind)), remedy })
    })?;
    let size = count.checked_mul(width).ok_or_else(damaged)?;
    let data = data.get(..size).ok_or_else(|| fail(Fault::Cut { what: NUMBERS }))?;
    let items = data.chunks_exact(width);
    let values = match decode {
        Decode::Number(number) => Values::Numbers(ordered(items.map(number).collect(), &shape, fortran)),
        Decode::Word(word) => Values::Words(ordered(items.map(word).collect(), &shape, fortran)),
    };
    Ok(Array { shape, values })
}

/// Values with the last index fastest.
pub fn ordered<T: Clone>(values: Vec<T>, shape: &[usize], first_fastest: bool) -> Vec<T> {
    match shape {
        [rows, columns] if first_fastest => {
            (0..values.len()).map(|i| values[i % columns * rows + i / columns].clone()).collect()
        }
        _ => values,
    }
}

enum Decode {
    Number(fn(&[u8]) -> f64),
    Word(fn(&[u8]) -> String),
}

/// Bytes of an item of this type of NumPy's, and what makes a value of them.
fn decoder(kind: &str) -> Option<(usize, Decode)> {
    macro_rules! number {
        ($t:ty, $from:ident) => {{
            fn decode(bytes: &[u8]) -> f64 {
                bytes.first_chunk().map_or(0.0, |bytes| <$t>::$from(*bytes) as f64)
            }
            (size_of::<$t>(), Decode::Number(decode))
        }};
    }
    Some(match kind {
        "|u1" | "|b1" => number!(u8, from_le_bytes),
        "|i1" => number!(i8, from_le_bytes),
        "<u2" => number!(u16, from_le_bytes),
        "<u4" => number!(u32, from_le_bytes),
        "<u8" => number!(u64, from_le_bytes),
        "<i2" => number!(i16, from_le_bytes),
        "<i4" => number!(i32, from_le_bytes),
        "<i8" => number!(i64, from_le_bytes),
        "<f4" => number!(f32, from_le_bytes),
        "<f8" => number!(f64, from_le_bytes),
        ">i2" => number!(i16, from_be_bytes),
        ">i4" => number!(i32, from_be_bytes),
        ">f4" => number!(f32, from_be_bytes),
        ">f8" => number!(f64, from_be_bytes),
        _ => {
            let letters = |kind: &str| kind.parse().ok().filter(|n| (1..=1 << 16).contains(n));
            match (kind.strip_prefix("<U"), kind.strip_prefix("|S")) {
                (Some(n), _) => (4 * letters(n)?, Decode::Word(utf32)),
                (_, Some(n)) => (letters(n)?, Decode::Word(latin)),
                _ => return None,
            }
        }
    })
}

fn utf32(bytes: &[u8]) -> String {
    let codes = bytes.as_chunks().0.iter().map(|code| u32::from_le_bytes(*code)).take_while(|&code| code != 0);
    codes.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().take_while(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect()
}

/// An archive of arrays: numbers as float32, texts as UTF-32.
pub fn write(arrays: &Arrays) -> Vec<u8> {
    let files = arrays.iter().map(|(name, array)| {
        let (kind, data): (String, Vec<u8>) = match &array.values {
            Values::Numbers(numbers) => {
                ("<f4".into(), numbers.iter().flat_map(|&x| (x as f32).to_le_bytes()).collect())
            }
            Values::Words(words) => {
                let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(1).max(1);
                let codes = |word: &String| -> Vec<u32> {
                    word.chars().map(u32::from).chain(core::iter::repeat(0)).take(longest).collect()
                };
                (format!("<U{longest}"), words.iter().flat_map(codes).flat_map(u32::to_le_bytes).collect())
            }
        };
        let shape: Vec<String> = array.shape.iter().map(ToString::to_string).collect();
        let mut head = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({},), }}", shape.join(", "));
        if shape.is_empty() {
            head = head.replace("(,)", "()");
        }
        let before = MAGIC.len() + 4;
        while !(before + head.len() + 1).is_multiple_of(ALIGN) {
            head.push(' ');
        }
        head.push('\n');
        let mut file = MAGIC.to_vec();
        file.extend([1, 0]);
        file.extend((head.len() as u16).to_le_bytes());
        file.extend(head.as_bytes());
        file.extend(data);
        (format!("{name}.npy"), file)
    });
    zip::archive(&files.collect::<Vec<_>>())
}
