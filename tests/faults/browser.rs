//! Somebody with a browser, over a real connection: it tells apart a request that was refused, left without an answer, or answered by half.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

/// Longer than the program lets any page last.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser: cookies, and a connection it keeps.
#[derive(Debug)]
pub struct Browser {
    /// Where the desk listens.
    pub address: SocketAddr,
    cookies: BTreeMap<String, String>,
    line: Option<BufReader<TcpStream>>,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The page.
    pub body: String,
    /// From the first byte sent to the last received.
    pub took: Duration,
}

/// Why there is no whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nobody listened.
    Refused,
    /// Not a byte came back.
    Unanswered,
    /// The answer broke off.
    Cut,
    /// Nothing came for a minute.
    Hung,
}

impl Browser {
    /// A browser before the desk at that address.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookies: BTreeMap::new(), line: None }
    }

    /// The same person, on a connection of their own.
    pub fn another_tab(&self) -> Self {
        Self { address: self.address, cookies: self.cookies.clone(), line: None }
    }

    /// The same person, when the desk has moved.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.another_tab() }
    }

    /// Comes in, as somebody of the demonstration.
    pub async fn sign_in(mut self, email: &str) -> Self {
        let answer = self.post("/connexion", &[("email", email), ("password", habilitation::accounts::DEMO_PASSWORD)]).await.unwrap();
        assert_eq!(answer.status, 303, "{email} does not come in: {}", answer.body);
        self
    }

    /// Opens a connection before there is anything to ask.
    pub async fn connect(&mut self) -> Result<(), Lost> {
        if self.line.is_none() {
            let stream = TcpStream::connect(self.address).await.map_err(|_| Lost::Refused)?;
            stream.set_nodelay(true).map_err(|_| Lost::Refused)?;
            self.line = Some(BufReader::new(stream));
        }
        Ok(())
    }

    /// Lets the connection go: the next request opens another.
    pub fn hang_up(&mut self) {
        self.line = None;
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Result<Answer, Lost> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n"), b"").await
    }

    /// Sends a form, as a page of the site would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Lost> {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let head = format!(
            "POST {path} HTTP/1.1\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n",
            form.len()
        );
        self.ask(&head, form.as_bytes()).await
    }

    /// Sends a file, as a page of the site does once it is chosen.
    pub async fn send_file(&mut self, path: &str, field: &str, name: &str, bytes: &[u8]) -> Result<Answer, Lost> {
        let (head, body) = form_with_a_file(path, field, name, bytes);
        self.ask(&head, &body).await
    }

    /// The same, on a line that breaks when that many tenths of it have left.
    pub async fn send_file_by_tenths(&mut self, tenths: usize, path: &str, field: &str, name: &str, bytes: &[u8]) {
        let (head, body) = form_with_a_file(path, field, name, bytes);
        let mut line = TcpStream::connect(self.address).await.unwrap();
        line.write_all(self.request(&head).as_bytes()).await.unwrap();
        line.write_all(&body[..body.len() * tenths / 10]).await.unwrap();
    }

    fn request(&self, head: &str) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{head}host: {}\r\ncookie: {}\r\n\r\n", self.address, cookies.join("; "))
    }

    async fn ask(&mut self, head: &str, body: &[u8]) -> Result<Answer, Lost> {
        let started = Instant::now();
        self.connect().await?;
        let mut line = self.line.take().ok_or(Lost::Refused)?;
        let request = [self.request(head).as_bytes(), body].concat();
        let answered = timeout(PATIENCE, async {
            line.write_all(&request).await.map_err(|_| Lost::Unanswered)?;
            read(&mut line).await
        });
        let mut answer = answered.await.map_err(|_| Lost::Hung)??;
        answer.took = started.elapsed();
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            keep(&mut self.cookies, cookie);
        }
        if answer.header("connection") != Some("close") {
            self.line = Some(line);
        }
        Ok(answer)
    }
}

fn form_with_a_file(path: &str, field: &str, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let before = format!("--limite\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    let body = [before.as_bytes(), bytes, b"\r\n--limite--\r\n"].concat();
    let head = format!(
        "POST {path} HTTP/1.1\r\nsec-fetch-site: same-origin\r\ncontent-type: multipart/form-data; boundary=limite\r\n\
         content-length: {}\r\n",
        body.len()
    );
    (head, body)
}

impl Answer {
    /// The first header of that name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where the answer leads.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }
}

/// Reads one answer; what follows it stays on the line.
async fn read(line: &mut BufReader<TcpStream>) -> Result<Answer, Lost> {
    let first = read_line(line).await.map_err(|_| Lost::Unanswered)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(Lost::Cut)?;
    let mut headers = Vec::new();
    loop {
        let header = read_line(line).await?;
        let Some((name, value)) = header.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: String::new(), took: Duration::ZERO };
    let mut body = Vec::new();
    if let Some(length) = answer.header("content-length").and_then(|length| length.parse().ok()) {
        read_exactly(line, &mut body, length).await?;
    } else if answer.header("transfer-encoding") == Some("chunked") {
        loop {
            let length = usize::from_str_radix(&read_line(line).await?, 16).map_err(|_| Lost::Cut)?;
            read_exactly(line, &mut body, length).await?;
            read_line(line).await?;
            if length == 0 {
                break;
            }
        }
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok(answer)
}

/// A line without its end; none when the other side is gone before it.
async fn read_line(line: &mut BufReader<TcpStream>) -> Result<String, Lost> {
    let mut text = String::new();
    line.read_line(&mut text).await.map_err(|_| Lost::Cut)?;
    text.strip_suffix("\r\n").map(str::to_owned).ok_or(Lost::Cut)
}

async fn read_exactly(line: &mut BufReader<TcpStream>, body: &mut Vec<u8>, length: usize) -> Result<(), Lost> {
    let start = body.len();
    body.resize(start + length, 0);
    line.read_exact(&mut body[start..]).await.map(drop).map_err(|_| Lost::Cut)
}

fn keep(cookies: &mut BTreeMap<String, String>, cookie: &str) {
    let mut parts = cookie.split(';').map(str::trim);
    let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
    if parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
        cookies.remove(name);
    } else {
        cookies.insert(name.to_owned(), value.to_owned());
    }
}
