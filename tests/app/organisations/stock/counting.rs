//! The legal persons of private law of a stock, counted when it is imported: what the panel of the experiment is shown beside.

use habilitation::organisations::{Region, Size};

use super::*;

#[tokio::test]
async fn legal_persons_of_private_law_are_counted_by_size_and_region_with_each_import() {
    let database = TestDatabase::new().await;
    let counted = async || stock::find_spread(&mut database.desk.acquire().await.unwrap()).await.unwrap();
    assert_eq!(counted().await, None, "nothing is counted before a stock is there");
    let company = |siren: &str, category: &str, band: &str, state: &str| {
        unit(siren, "EXEMPLE", category).with("trancheEffectifsUniteLegale", band).with("etatAdministratifUniteLegale", state)
    };
    let office = |siret: &str, commune: &str, is_head: &str, state: &str| {
        establishment(siret)
            .with("codeCommuneEtablissement", commune)
            .with("etablissementSiege", is_head)
            .with("etatAdministratifEtablissement", state)
    };
    let units = [
        company("300000007", "5710", "11", "A"),
        company("300000015", "9220", "", "A"),
        company("300000023", "7210", "12", "A"),
        company("300000031", "1000", "NN", "A"),
        company("300000049", "5710", "12", "C"),
        company("300000056", "5499", "53", "A"),
    ];
    let establishments = [
        office("30000000700011", "49007", "true", "A"),
        office("30000000700029", "75107", "false", "A"),
        office("30000001500014", "2A004", "true", "A"),
        office("30000002300018", "49007", "true", "A"),
        office("30000003100013", "49007", "true", "A"),
        office("30000004900015", "49007", "true", "A"),
        office("30000005600010", "97411", "true", "F"),
    ];
    import_rows(&database, &units, &establishments).await.unwrap();
    let (day, spread) = counted().await.expect("it was counted");
    let told: Vec<(Size, Option<&str>, u64)> =
        spread.counts().map(|(size, region, count)| (size, region.map(Region::name), count)).collect();
    assert_eq!(
        told,
        [(Size::Tens, Some("Pays de la Loire"), 1), (Size::Larger, None, 1), (Size::Unknown, Some("Corse"), 1)],
        "no public body, no natural person, nobody who ceased; a closed head office tells no region"
    );
    import_rows(&database, &units[..1], &establishments[..1]).await.unwrap();
    let (later, spread) = counted().await.expect("it was counted again");
    assert_eq!((spread.total(), later), (1, day), "the count is that of the stock in place");
}
