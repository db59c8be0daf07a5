//! Numbers that look drawn and are always the same.

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The draw for one thing among many, whatever was drawn for the others.
    pub fn of(seed: u64, number: u64) -> Self {
        Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    /// True that many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    /// A word among about `many`, low ones more often, as words are.
    pub fn word(&mut self, many: u64) -> String {
        const SYLLABLES: [&str; 24] = [
            "BA", "CHE", "DOR", "FON", "GAR", "LI", "MAN", "NO", "PRA", "QUE", "RI", "SOL", "TAN", "VER", "VI", "LE", "MON", "TE", "RO",
            "SA", "BEL", "CLA", "MI", "EAU",
        ];
        let (one, other) = (self.below(many), self.below(many));
        let mut rank = one * other / many + 24;
        let mut word = String::new();
        while rank > 0 {
            word.push_str(SYLLABLES[usize::try_from(rank % 24).unwrap()]);
            rank /= 24;
        }
        word
    }
}
