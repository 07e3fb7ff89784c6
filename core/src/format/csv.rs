//! CSV and TSV: a line of column names, then a line a bin.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Format,
    error::{Fault, FileError, Place},
    layout::{Array, Arrays, Values, short},
};
use crate::text::text;

pub static FORMAT: Format = Format {
    title: "CSV, TSV",
    endings: &["csv", "tsv", "txt"],
    doc: text(
        "A line a bin, and a first line with the names of the columns: `time_ms`, `spikes…` or `signal…` for each channel, `target…` for each number to be decoded or one `class`, and if you like `segment` and `split` (train or test).",
        "首行为列名，之后每个时间仓一行：`time_ms`；每个通道一列 `spikes…` 或 `signal…`；每个待解码数值一列 `target…`，或一列 `class`；可选 `segment` 和 `split`（train 或 test）。",
    ),
    begins: |_| false,
    read,
};

const KNOWN: &str = "time_ms, spikes…, signal…, target…, class, segment, split";

/// What a column holds.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    Time,
    Spikes,
    Signal,
    Target,
    Class,
    Segment,
    Split,
}

fn column(name: &str) -> Result<Column, FileError> {
    let small = name.to_ascii_lowercase();
    Ok(match small.as_str() {
        "time_ms" => Column::Time,
        "class" => Column::Class,
        "segment" => Column::Segment,
        "split" => Column::Split,
        _ if small.starts_with("spikes") => Column::Spikes,
        _ if small.starts_with("signal") => Column::Signal,
        _ if small.starts_with("target") => Column::Target,
        _ => return Err(Place::Line(1).fault(Fault::UnknownColumn { text: short(name), known: KNOWN })),
    })
}

fn read(bytes: &[u8]) -> Result<Arrays, FileError> {
    let file = str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let remedy = text("save the file as UTF-8", "请将文件存为 UTF-8 编码");
        Place::Line(line).fault(Fault::NotRead { what: "UTF-16/GBK/Latin-1".to_string(), remedy })
    })?;
    let mut lines = file.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim().is_empty());
    let Some((_, head)) = lines.next() else { return Err(Place::File.fault(Fault::Empty)) };
    let separator = ['\t', ';', ','].into_iter().find(|&c| head.contains(c)).unwrap_or(',');
    let cells = |line| str::split(line, separator).map(|cell| cell.trim().trim_matches('"'));
    let columns: Vec<Column> = cells(head).map(column).collect::<Result<_, _>>()?;
    let count = |kind| columns.iter().filter(|&&column| column == kind).count();
    // Numbers of time, spikes, signal and target, and words of class, segment and split.
    let mut numbers = [const { Vec::new() }; 4];
    let mut words = [const { Vec::<String>::new() }; 3];
    for (number, line) in lines {
        let place = || Place::Line(number);
        let (found, wanted) = (cells(line).count(), columns.len());
        if found != wanted {
            return Err(place().fault(Fault::Ragged { what: text("cells", "单元格"), found, wanted }));
        }
        for (cell, column) in cells(line).zip(&columns) {
            let kind = match column {
                Column::Time => 0,
                Column::Spikes => 1,
                Column::Signal => 2,
                Column::Target => 3,
                Column::Class | Column::Segment | Column::Split => {
                    words[*column as usize - Column::Class as usize].push(cell.to_string());
                    continue;
                }
            };
            let parsed = cell.parse::<f64>().ok().filter(|x| (*x as f32).is_finite());
            numbers[kind].push(parsed.ok_or_else(|| place().fault(Fault::NotANumber { text: short(cell) }))?);
        }
        regular(&numbers[0], &words[1]).map_err(|fault| place().fault(fault))?;
    }
    let [time, spikes, signal, target] = numbers;
    let mut arrays = Arrays::new();
    let mut put = |name: &str, array: Array| arrays.push((name.to_string(), array));
    if let [first, second, ..] = time[..] {
        put("bin_ms", Array { shape: Vec::new(), values: Values::Numbers([second - first].to_vec()) });
    }
    for (name, numbers, kind) in
        [("spikes", spikes, Column::Spikes), ("signal", signal, Column::Signal), ("target", target, Column::Target)]
    {
        if count(kind) > 0 {
            put(name, Array::rows(numbers, count(kind)));
        }
    }
    let [class, segment, split] = words;
    for (name, words, kind) in
        [("target", class, Column::Class), ("segment", segment, Column::Segment), ("split", split, Column::Split)]
    {
        if count(kind) > 0 {
            put(name, Array::words(words));
        }
    }
    if time.is_empty() && !arrays.is_empty() {
        let what = "time_ms";
        return Err(
            Place::Line(1).fault(Fault::Missing { what, found: cells(head).take(8).collect::<Vec<_>>().join(", ") })
        );
    }
    Ok(arrays)
}

/// Whether the last time is one step behind that before it, within a hundredth, unless a segment begins with it.
fn regular(time: &[f64], segment: &[String]) -> Result<(), Fault> {
    if let ([first, second, ..], [.., before, last]) = (time, time) {
        let (wanted, found) = (second - first, last - before);
        let begins = matches!(segment, [.., one, other] if one != other);
        if !begins && (found - wanted).abs() > wanted.abs() / 100.0 {
            let [found, wanted] = [found, wanted].map(|ms| alloc::format!("{ms:.4}"));
            return Err(Fault::Irregular { found, wanted });
        }
    }
    Ok(())
}
