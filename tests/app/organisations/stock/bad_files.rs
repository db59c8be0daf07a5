//! Files that are no stock: refused with a sentence, and nothing has changed.

use habilitation::organisations::Answer;

use super::*;

/// What the operator is told, once it is sure that the register in place is as it was and that nothing was left behind.
async fn refusal(database: &TestDatabase, units: &[u8], establishments: &[u8]) -> String {
    let directory = Directory::new();
    let fault = import(database, &directory.files(units, establishments)).await.expect_err("refused");
    assert_eq!(known(database, "21920023500014").await.name.as_deref(), Some("COMMUNE DE CLAMART"));
    let mut owner = database.owner().await;
    let debris: i64 =
        sqlx::query_scalar("select count(*) from pg_namespace where nspname like 'stock%'").fetch_one(&mut owner).await.unwrap();
    assert_eq!(debris, 0);
    fault.to_string()
}

/// A register in place, and the two files it came from.
async fn in_place() -> (TestDatabase, Vec<u8>, Vec<u8>) {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    import_rows(&database, &units, &establishments).await.unwrap();
    (database, units_csv(&units).into_bytes(), establishments_csv(&establishments).into_bytes())
}

#[tokio::test]
async fn what_is_cut_is_refused() {
    let (database, units, establishments) = in_place().await;
    let zip = zipped(&[("StockEtablissement_utf8.csv", &establishments)]);
    let gzip = gzipped(&establishments);
    // Noise does not shrink: the file is cut amid its data, not only amid its last bytes.
    let noisy = establishment("21920023500022").with("enseigne1Etablissement", &"8f2Kq0zX7vLmPw1R".repeat(9));
    let two_rows = [establishments.clone(), establishments_csv(&[noisy]).lines().nth(1).unwrap().as_bytes().to_vec()].concat();
    for (cut, words) in [
        (establishments[..establishments.len() - 1].to_vec(), "ends in the middle of line 2"),
        (establishments[..establishments.len() - 40].to_vec(), "ends in the middle of line 2"),
        (two_rows, "ends in the middle of line 3"),
        (gzip[..gzip.len() - 4].to_vec(), "cut or damaged"),
        (gzip[..gzip.len() / 2].to_vec(), "cut or damaged"),
        (zip[..zip.len() - 10].to_vec(), "cut or damaged"),
        (zip[..zip.len() / 2].to_vec(), "cut or damaged"),
    ] {
        let told = refusal(&database, &units, &cut).await;
        assert!(told.starts_with("establishments-") && told.contains(words), "{told}");
    }
    let mut damaged = zip.clone();
    damaged[80] ^= 0x55;
    assert!(refusal(&database, &units, &damaged).await.contains("cut or damaged"));
}

#[tokio::test]
async fn what_is_no_stock_is_refused() {
    let (database, units, establishments) = in_place().await;
    let titles = establishments.split(|byte| *byte == b'\n').next().unwrap();
    let only_titles = [titles, b"\n"].concat();
    let latin_1 = [establishments.as_slice(), b"caf\xe9\n"].concat();
    let long_line = [establishments.as_slice(), &vec![b'a'; 70_000], b"\n"].concat();
    let unclosed = [establishments.as_slice(), b"\"", &[b'\n'; 10]].concat();
    for (bad, words) in [
        (Vec::new(), "it is empty"),
        (only_titles, "no row can be kept"),
        (latin_1, "line 3 is not in UTF-8"),
        (long_line, "line 3 is longer than 65536 bytes"),
        (b"PAR1....".to_vec(), "Parquet"),
        (b"\xff\xfes\0i\0r\0".to_vec(), "UTF-16"),
        (b"\x28\xb5\x2f\xfd\x00\n".to_vec(), "not in UTF-8"),
        (b"<html>\n".to_vec(), "does not name the columns siret, statutDiffusionEtablissement,"),
        (units.clone(), "does not name the columns siret, statutDiffusionEtablissement,"),
        (zipped(&[]), "this zip is empty"),
        (zipped(&[("a.csv", &establishments), ("b.csv", &establishments)]), "several files"),
    ] {
        let told = refusal(&database, &units, &bad).await;
        assert!(told.contains(words), "{told}");
    }
    assert!(import(&database, &Directory::new().files(&units, &unclosed)).await.is_ok(), "a stray mark costs its own line");
    let missing = Files { units: "/nowhere/units".into(), establishments: "/nowhere/else".into() };
    assert!(import(&database, &missing).await.expect_err("not there").to_string().starts_with("units cannot be read: No such file"));
}

#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    let (database, units, establishments) = in_place().await;
    let mut bomb = establishments.clone();
    bomb.extend([vec![b'a'; 10_000], vec![b'\n']].concat().repeat(2_000));
    for packed in [zipped(&[("bomb.csv", &bomb)]), gzipped(&bomb)] {
        let told = refusal(&database, &units, &packed).await;
        assert!(told.contains("60 times its size"), "{told}");
    }
}

#[tokio::test]
async fn names_inside_a_zip_lead_nowhere() {
    let (database, units, establishments) = in_place().await;
    for name in ["../../etc/passwd", "/etc/passwd", "C:\\windows\\system32", "a/b/../../../c.csv", "\u{202e}vsc"] {
        let directory = Directory::new();
        import(&database, &directory.files(&units, &zipped(&[(name, &establishments)]))).await.unwrap();
        assert_eq!(fs::read_dir(&directory.0).unwrap().count(), 2, "{name}");
    }
    assert!(matches!(look_up(&database, "21920023500014").await, Answer::Known(_)));
}
