//! Somebody with a browser: keeps cookies, follows nothing by itself.

use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use tower::ServiceExt;

/// A browser.
#[derive(Debug)]
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    address: SocketAddr,
}

/// What the site answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The page.
    pub html: String,
    /// What it came as, when it is no page.
    pub bytes: Vec<u8>,
}

impl Visitor {
    /// A browser before that site.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), address: SocketAddr::from(([127, 0, 0, 1], 50_000)) }
    }

    /// The same browser, elsewhere on the network.
    pub fn at(mut self, address: &str) -> Self {
        self.address.set_ip(address.parse().unwrap());
        self
    }

    /// The same browser, in a second tab: the same cookies.
    pub fn another_tab(&self) -> Self {
        Self { router: self.router.clone(), cookies: self.cookies.clone(), address: self.address }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, as a page of the site would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Posts a decision, then signs it as its page offers when it is one to sign: the last answer.
    pub async fn decides(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let prepared = self.post(path, fields).await;
        if prepared.location().ends_with("/signature") {
            let page = prepared.location().to_owned();
            self.signs(&page).await
        } else {
            prepared
        }
    }

    /// Signs what the page shows.
    pub async fn signs(&mut self, page: &str) -> Answer {
        let shown = self.get(page).await;
        let value = |name: &str| shown.attribute(&format!("form[action='{page}'] input[name={name}]"), "value").unwrap_or_default();
        let (revision, outcome) = (value("revision"), value("outcome"));
        self.post(page, &[("revision", &revision), ("outcome", &outcome), ("read", "oui")]).await
    }

    /// Signs in through the page, as somebody [`given`](super::given) made.
    pub async fn sign_in(&mut self, email: &str) -> Answer {
        let answer = self.post("/connexion", &[("email", email), ("password", super::given::PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{email} does not come in: {}", answer.text());
        answer
    }

    /// Sends any request with this browser's cookies.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        request.headers_mut().entry(header::HOST).or_insert("localhost:3000".parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, html: String::from_utf8_lossy(&bytes).into_owned(), bytes: bytes.to_vec() }
    }

    /// The cookie of that name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie in the jar, as somebody who stole or planted one.
    pub fn plant_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let removed = parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
        if removed {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    /// Where the answer leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether the page says that, no-break spaces read as spaces.
    pub fn says(&self, sentence: &str) -> bool {
        self.text().contains(&sentence.replace('\u{a0}', " "))
    }

    /// The words of the page, spaces folded.
    pub fn text(&self) -> String {
        let words: Vec<String> = Html::parse_document(&self.html).root_element().text().map(|text| text.replace('\u{a0}', " ")).collect();
        words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The value of an attribute of the first element a selector finds.
    pub fn attribute(&self, selector: &str, attribute: &str) -> Option<String> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).next().and_then(|element| element.value().attr(attribute)).map(str::to_owned)
    }

    /// How many elements a selector finds.
    pub fn count(&self, selector: &str) -> usize {
        Html::parse_document(&self.html).select(&Selector::parse(selector).unwrap()).count()
    }
}
