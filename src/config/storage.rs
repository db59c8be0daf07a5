//! Where the files of demandes are kept, and who looks at them.

use clap::Args;
use secrecy::SecretString;

/// Disk or service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum StorageKind {
    /// `DATA_DIR/pieces`.
    Disk,
    /// An S3-compatible service: several desks on several machines need one.
    S3,
}

/// Settings of the files.
#[derive(Clone, Debug, Args)]
pub struct StorageSettings {
    /// Where the files of demandes are kept: disk (in DATA_DIR) or s3.
    #[arg(long, env = "STORAGE", value_enum, default_value = "disk", global = true)]
    pub storage: StorageKind,
    /// Address of the S3-compatible service; empty for Amazon's.
    #[arg(long, env = "S3_ENDPOINT", default_value = "", global = true)]
    pub s3_endpoint: String,
    /// Its bucket.
    #[arg(long, env = "S3_BUCKET", default_value = "", global = true)]
    pub s3_bucket: String,
    /// Its region.
    #[arg(long, env = "S3_REGION", default_value = "fr-par", global = true)]
    pub s3_region: String,
    /// Who we are there.
    #[arg(long, env = "S3_ACCESS_KEY_ID", default_value = "", global = true)]
    pub s3_access_key_id: String,
    /// What proves it.
    #[arg(long, env = "S3_SECRET_ACCESS_KEY", hide_env_values = true, global = true)]
    pub s3_secret_access_key: Option<SecretString>,
    /// Address of clamd, host:port, which looks for viruses in the files; empty, they are not scanned and this is said.
    #[arg(long, env = "CLAMD_ADDRESS", default_value = "", global = true)]
    pub clamd_address: String,
}

impl StorageSettings {
    /// Notes what cannot work.
    pub(super) fn check(&self, problems: &mut Vec<String>) {
        if self.storage == StorageKind::S3 {
            for (name, value) in [("S3_BUCKET", &self.s3_bucket), ("S3_ACCESS_KEY_ID", &self.s3_access_key_id)] {
                if value.trim().is_empty() {
                    problems.push(format!("{name} is missing: STORAGE is s3"));
                }
            }
            if self.s3_secret_access_key.is_none() {
                problems.push("S3_SECRET_ACCESS_KEY is missing: STORAGE is s3".into());
            }
            let is_safe =
                |url: &url::Url| url.scheme() == "https" || (url.scheme() == "http" && url.host_str().is_some_and(super::is_this_machine));
            if !self.s3_endpoint.is_empty() && !url::Url::parse(&self.s3_endpoint).is_ok_and(|url| is_safe(&url)) {
                problems.push("S3_ENDPOINT must start with https://: people's files would travel in clear".into());
            }
        }
        if !self.clamd_address.is_empty()
            && self.clamd_address.rsplit_once(':').is_none_or(|(host, port)| host.is_empty() || port.parse::<u16>().is_err())
        {
            problems.push("CLAMD_ADDRESS must look like host:port, for instance 127.0.0.1:3310".into());
        }
    }
}
