//! What the browser's console got, as chromedriver tells it.

use serde_json::Value;

/// One line of the console, or an error that nothing caught.
#[derive(Clone, Debug)]
pub struct Entry {
    level: String,
    text: String,
}

impl Entry {
    /// Whether a page in order would not have caused it.
    pub fn is_bad(&self) -> bool {
        ["SEVERE", "WARNING"].contains(&self.level.as_str())
    }
}

/// The entries in chromedriver's answer.
pub fn entries(answer: &Value) -> Vec<Entry> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let all = answer.as_array().into_iter().flatten();
    all.map(|entry| Entry { level: text(&entry["level"]), text: text(&entry["message"]) }).collect()
}

/// The entries for a person, a line each.
pub fn listed(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "empty".to_string();
    }
    entries.iter().map(|entry| format!("\n  {}: {}", entry.level, entry.text)).collect()
}
