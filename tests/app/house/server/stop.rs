//! The server asked to stop: what is in flight is finished, nothing else is taken.

use super::*;

#[tokio::test]
async fn a_stop_finishes_the_request_in_flight_and_takes_no_other() {
    let house = House::open(limits()).await;
    let mut idle = house.connect().await;
    idle.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(idle.one().await.ends_with("bonjour"));
    let mut client = house.connect().await;
    client.send("GET /lent HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    house.waiting.notified().await;
    house.stop.ask();
    assert_eq!(idle.rest().await, "", "an idle connection is closed");
    sleep(BRIEF / 4).await;
    assert!(TcpStream::connect(house.address).await.is_err(), "nobody new is let in");
    assert!(!house.served.is_finished());
    house.go.notify_one();
    assert!(client.rest().await.ends_with("enfin"));
    timeout(FOREVER, house.served).await.expect("the server stops").unwrap();
}

#[tokio::test]
async fn a_request_on_its_way_when_the_stop_is_asked_is_answered_and_is_the_last() {
    let house = House::open(Limits { idle: FOREVER, last_word: BRIEF, ..limits() }).await;
    let mut client = house.connect().await;
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(client.one().await.ends_with("bonjour"));
    house.stop.ask();
    sleep(BRIEF / 4).await;
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let answer = client.rest().await;
    assert!(answer.contains("connection: close") && answer.ends_with("bonjour"), "{answer}");
    timeout(FOREVER, house.served).await.expect("the server stops").unwrap();
}

#[tokio::test]
async fn a_second_stop_leaves_at_once_and_the_delay_of_the_first_ends() {
    for asked_twice in [true, false] {
        let farewell = if asked_twice { FOREVER } else { BRIEF };
        let house = House::open(Limits { farewell, ..limits() }).await;
        let mut client = house.connect().await;
        client.send("GET /lent HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
        house.waiting.notified().await;
        house.stop.ask();
        if asked_twice {
            house.stop.ask();
        }
        timeout(BRIEF * 5, house.served).await.expect("the server stops").unwrap();
        assert_eq!(client.rest().await, "");
    }
}
