//! A stock in INSEE's format: numbers with their keys, in order; persons and bodies, open and closed, masked and not, old and new NAF.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use super::{
    format::{ESTABLISHMENT_COLUMNS, EstablishmentLine, UNIT_COLUMNS, UnitLine, establishment, unit},
    random::Random,
};

const SEED: u64 = 2026;
/// As many communes as France has, about.
const COMMUNES: u64 = 35_000;
const KINDS: [(&str, &str); 8] = [
    ("5710", "SAS"),
    ("5499", "SARL"),
    ("6540", "SCI"),
    ("6540", "SCI"),
    ("9220", "ASSOCIATION"),
    ("9110", "SYNDICAT DES COPROPRIETAIRES"),
    ("5720", "SASU"),
    ("7343", "SYNDICAT MIXTE"),
];

/// Writes both files; seven units for ten establishments.
pub fn write(directory: &Path, establishments: u64) {
    let open = |name: &str, titles: &[&str]| {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(directory.join(name)).unwrap());
        writeln!(file, "{}", titles.join(",")).unwrap();
        file
    };
    let mut unit_file = open("StockUniteLegale.csv", &UNIT_COLUMNS);
    let mut establishment_file = open("StockEtablissement.csv", &ESTABLISHMENT_COLUMNS);
    let units = (establishments * 7 / 10).max(1);
    let step = 99_000_000 / units;
    let (mut left, mut text) = (establishments, String::new());
    for number in 0..units {
        let mut random = Random::of(SEED, number);
        let siren = with_key(&format!("{:08}", number * step + random.below(step.max(1))));
        let count = places_of(number, left.saturating_sub(units - number - 1), number + 1 == units, &mut random);
        left -= count;
        text.clear();
        let line = unit_line(&siren, number, &mut random);
        line.write(&mut text);
        unit_file.write_all(text.as_bytes()).unwrap();
        text.clear();
        for place in 0..count {
            establishment_line(&siren, place, count, number, &mut random).write(&mut text);
        }
        establishment_file.write_all(text.as_bytes()).unwrap();
    }
    unit_file.flush().unwrap();
    establishment_file.flush().unwrap();
}

/// Most have one, a few many; one has nine thousand, as La Poste has. The last takes what is left.
fn places_of(number: u64, most: u64, is_last: bool, random: &mut Random) -> u64 {
    if is_last {
        return most;
    }
    let wanted = match (number, random.below(100)) {
        (1_000, _) => 9_000,
        (_, 0..74) => 1,
        (_, 74..91) => 2,
        (_, 91..97) => 3,
        _ => 4 + random.below(5),
    };
    wanted.clamp(1, most.max(1))
}

fn unit_line(siren: &str, number: u64, random: &mut Random) -> UnitLine {
    let masked = random.percent(8);
    let is_active = random.percent(55);
    let mut line = if number.is_multiple_of(100) {
        unit(siren, &format!("COMMUNE DE {}", town(commune_of(number))), "7210")
    } else if random.percent(57) {
        person(siren, masked, random)
    } else {
        let (category, kind) = KINDS[usize::try_from(random.below(8)).unwrap()];
        let words = [random.word(60_000), random.word(60_000)];
        let name =
            if random.percent(2) { format!("{kind} {}, {} \"SUD\"", words[0], words[1]) } else { format!("{kind} {}", words.join(" ")) };
        unit(siren, &name, category).with("sigleUniteLegale", if random.percent(15) { &words[1] } else { "" })
    };
    if masked {
        line.set("statutDiffusionUniteLegale", "P");
    }
    line.set("dateCreationUniteLegale", &day(random));
    line.set("dateDebut", &day(random));
    line.set("trancheEffectifsUniteLegale", random.one_of(&["", "NN", "NN", "00", "01", "11", "41"]));
    if !is_active {
        line.set("etatAdministratifUniteLegale", "C");
        let (nomenclature, code) = if random.percent(40) { ("NAFRev1", "74.1G") } else { ("NAFRev2", "68.20B") };
        line.set("nomenclatureActivitePrincipaleUniteLegale", nomenclature);
        line.set("activitePrincipaleUniteLegale", code);
        line.set("activitePrincipaleNAF25UniteLegale", "");
    }
    line
}

fn person(siren: &str, masked: bool, random: &mut Random) -> UnitLine {
    let names = [random.word(9_000), random.word(40_000)];
    let [given, family] = if masked { ["[ND]", "[ND]"] } else { [names[0].as_str(), names[1].as_str()] };
    unit(siren, "", "1000")
        .with("sexeUniteLegale", random.one_of(&["M", "F"]))
        .with("prenom1UniteLegale", given)
        .with("prenomUsuelUniteLegale", given)
        .with("nomUniteLegale", family)
        .with("activitePrincipaleUniteLegale", "96.09Z")
        .with("activitePrincipaleNAF25UniteLegale", "96.99Y")
}

fn establishment_line(siren: &str, place: u64, count: u64, number: u64, random: &mut Random) -> EstablishmentLine {
    let number_with_key = with_key(&format!("{siren}{:04}", place + 1));
    let commune = if place == 0 { commune_of(number) } else { random.below(COMMUNES) };
    let mut line = establishment(&number_with_key)
        .with("dateCreationEtablissement", &day(random))
        .with("dateDebut", &day(random))
        .with("etablissementSiege", if place + 1 == count { "true" } else { "false" })
        .with("numeroVoieEtablissement", &random.below(200).to_string())
        .with("typeVoieEtablissement", random.one_of(&["RUE", "AV", "BD", "PL", "CHE", "ALL"]))
        .with("libelleVoieEtablissement", &format!("DE LA {}", random.word(5_000)))
        .with("codePostalEtablissement", &format!("{:05}", 1000 + commune * 2))
        .with("codeCommuneEtablissement", &format!("{:05}", 1000 + commune))
        .with("libelleCommuneEtablissement", &town(commune))
        .with("identifiantAdresseEtablissement", &format!("{:010}_B", random.below(10_000_000_000)))
        .with("coordonneeLambertAbscisseEtablissement", &format!("{}.{}", 600_000 + random.below(99_999), random.below(99)))
        .with("coordonneeLambertOrdonneeEtablissement", &format!("{}.{}", 6_800_000 + random.below(99_999), random.below(99)));
    if random.percent(60) {
        line.set("etatAdministratifEtablissement", "F");
    }
    if random.percent(12) {
        line.set("enseigne1Etablissement", &format!("{} {}", random.word(60_000), random.word(60_000)));
    }
    if random.percent(8) {
        line.set("statutDiffusionEtablissement", "P");
        for column in ["numeroVoieEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement", "codePostalEtablissement"] {
            line.set(column, "[ND]");
        }
    }
    line
}

fn commune_of(number: u64) -> u64 {
    if number.is_multiple_of(100) { number / 100 % COMMUNES } else { Random::of(SEED + 1, number).below(COMMUNES) }
}

fn town(commune: u64) -> String {
    let mut random = Random::of(SEED + 2, commune);
    match random.below(10) {
        0..2 => format!("SAINT-{}", random.word(9_000)),
        2..5 => format!("{}-SUR-{}", random.word(30_000), random.word(200)),
        _ => random.word(60_000),
    }
}

fn day(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", 1970 + random.below(56), 1 + random.below(12), 1 + random.below(28))
}

/// The digits and their Luhn key.
fn with_key(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * (2 - u32::try_from(place % 2).unwrap());
            digit / 10 + digit % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
