//! The numbers that a view shows, as columns, and as the files that people work on with: CSV and NPZ.

use super::npz;

/// Columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Name, with the unit behind it, and values of each.
    pub columns: Vec<(String, Vec<f64>)>,
}

impl Table {
    /// A table of these columns. A name is followed by its unit, if it has one: `time_ms`.
    pub fn new(columns: impl IntoIterator<Item = (String, Vec<f64>)>) -> Table {
        Table { columns: columns.into_iter().collect() }
    }

    /// A table of rows of values, which have as many as there are names.
    pub fn of_rows<const N: usize>(names: [&str; N], rows: impl IntoIterator<Item = [f64; N]>) -> Table {
        let mut table = Table::new(names.map(|name| (name.to_owned(), Vec::new())));
        for row in rows {
            table.columns.iter_mut().zip(row).for_each(|((_, values), value)| values.push(value));
        }
        table
    }

    /// Comma-separated values as RFC 4180 has them: a line of names, then the rows. What is not a number is left empty.
    pub fn to_csv(&self) -> String {
        let quoted = |name: &String| match name.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", name.replace('"', "\"\"")),
            false => name.clone(),
        };
        let mut csv = self.columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(",") + "\r\n";
        let rows = self.columns.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        for row in 0..rows {
            for (i, (_, values)) in self.columns.iter().enumerate() {
                if i > 0 {
                    csv.push(',');
                }
                if let Some(value) = values.get(row).filter(|value| value.is_finite()) {
                    csv.push_str(&value.to_string());
                }
            }
            csv.push_str("\r\n");
        }
        csv
    }

    /// The file that `numpy.load` opens: an array of float64 for each column.
    pub fn to_npz(&self) -> Vec<u8> {
        npz::archive(self.columns.iter().map(|(name, values)| (name.as_str(), values.as_slice())))
    }
}

/// A name of a column and its unit.
pub fn named(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name}_{unit}") }
}

/// A time in ms without the digits that only computing it has left.
pub fn as_time(t_ms: f64) -> f64 {
    // To a picosecond: far below every step.
    (t_ms * 1e9).round() / 1e9
}

/// A value of an f32 number as its shortest decimal says it, not as the bits do.
pub fn as_written(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_names_and_leaves_out_what_is_no_number() {
        let table = Table::new([("a,\"b\"".into(), vec![0.1, f64::NAN]), ("c_mV".into(), vec![-70.0, 1e-7])]);
        assert_eq!(table.to_csv(), "\"a,\"\"b\"\"\",c_mV\r\n0.1,-70\r\n,0.0000001\r\n");
        assert_eq!(Table::of_rows(["t", "n"], [[1.0, 2.0]]).to_csv(), "t,n\r\n1,2\r\n");
        assert_eq!((named("V_m", "mV"), as_written(0.1)), ("V_m_mV".to_owned(), 0.1));
    }
}
