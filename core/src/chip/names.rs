//! `names!`: an enum each of whose variants has one name, the same in a file, in a message and in a list of all.

/// Declares an enum with a name for each variant, read and written as that name.
macro_rules! names {
    ($(#[$outer:meta])* pub enum $Enum:ident { $($(#[$inner:meta])* $Variant:ident = $name:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $Enum { $($(#[$inner])* #[serde(rename = $name)] $Variant,)+ }

        impl $Enum {
            /// The name of each, in order.
            pub const NAMES: &[&str] = &[$($name),+];

            /// Its name in a file.
            pub const fn name(self) -> &'static str {
                match self { $($Enum::$Variant => $name,)+ }
            }
        }
    };
}

pub(crate) use names;
