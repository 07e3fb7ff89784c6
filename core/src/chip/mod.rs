//! What a network costs on a chip, and whether it fits.
