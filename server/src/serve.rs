//! `keepwell serve`: the server, wired.

use anyhow::{Context as _, bail};
use axum::Router;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use keepwell_core::{Domain, Env, operators, service};
use keepwell_platform::{ClientAddress, Platform, Settings};
use keepwell_web::paths::{FORGIVEN, forgive_among};
use keepwell_web::redirect::action_url::Environment;
use keepwell_web::{Shell, ShellSettings};
use tower::Layer as _;
use tower::util::MapRequestLayer;

use crate::config::{Config, SignUp};
use crate::mail::Deliverer;
use crate::{key_file, listen, mail, sealer, sweeper, telemetry, tls};

/// Runs the server until it is told to stop.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let (domain, is_new) = open(config, false).await?;
    let listener = listen::bind(config.address).await?;
    say_hello(config, &domain, is_new).await?;
    serve(config, &domain, listener).await
}

/// Opens the domain; says whether its key was made just now.
pub async fn open(config: &Config, beside: bool) -> anyhow::Result<(Domain, bool)> {
    if beside {
        must_be_there(config)?;
    }
    let env = Env::system();
    let (keys, is_new) = key_file::open(&config.data, &env)?;
    let objects = config.objects()?;
    if !beside {
        // A wrong bucket or a folder that cannot be written is told now, not at the first attachment.
        objects.check().await.with_context(|| format!("attachments cannot be kept in {objects}"))?;
    }
    let domain = Domain::open(&config.store(beside), keys, env, objects).await?;
    let domain = domain
        .with_any_hash(config.any_blob_hash)
        .with_audit_before_answer(config.audit_before_answer)
        .with_grace(config.grace)
        .with_limits(config.pickup)
        .with_device_limits(config.devices);
    Ok((domain, is_new))
}

/// A command beside the server begins no server of its own: most likely --data is another folder.
pub fn must_be_there(config: &Config) -> anyhow::Result<()> {
    if !key_file::path(&config.data).exists() {
        let data = config.data.display();
        bail!(
            "there is no Keepwell in {data} yet; name its folder with --data, or begin with: keepwell serve --data {data}"
        );
    }
    Ok(())
}

/// All faces of the server. Paths are forgiven (case, doubled slashes) before they are routed.
pub async fn faces(config: &Config, domain: &Domain) -> anyhow::Result<(Router, Shell)> {
    let mut settings = Settings::at(&config.origin, 0);
    settings.platform_url = format!("{}{}", config.platform_origin, keepwell_platform::PATH);
    settings.streaming_url = format!("{}{}", config.platform_origin, keepwell_platform::streaming::PATH);
    settings.updated = service::since(domain, &settings.description()).await?;
    let platform = Platform::new(domain.clone(), settings);
    let shell = Shell::new(
        domain.clone(),
        ShellSettings {
            secure_cookies: config.origin.starts_with("https://"),
            environment: if config.development { Environment::Development } else { Environment::Production },
            sign_up_by_code: config.sign_up == SignUp::ByCode,
            ..telling(config)
        },
        keepwell_platform::packaged_thing,
    );
    let routes = keepwell_platform::router(platform)
        .merge(keepwell_platform::streaming::router(domain.clone()))
        .merge(keepwell_web::router(shell.clone()))
        .layer(axum::middleware::from_fn(tell));
    let routes = match config.origin.starts_with("https://") {
        true => routes.layer(axum::middleware::map_response(only_by_tls)),
        false => routes,
    };
    let forgive = |request: Request| {
        let [a, b, c, d] = FORGIVEN;
        forgive_among(&[keepwell_platform::PATH, keepwell_platform::streaming::PATH, a, b, c, d], request)
    };
    Ok((Router::new().fallback_service(MapRequestLayer::new(forgive).layer(routes)), shell))
}

/// Has browsers come by TLS from now on, for a year, also where somebody on the way would have it otherwise.
async fn only_by_tls(mut response: Response) -> Response {
    let year = HeaderValue::from_static("max-age=31536000");
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    response
}

/// What pages and letters need to know to speak for this server: where it is, and what the host set of their
/// name, their language and their brand.
pub fn telling(config: &Config) -> ShellSettings {
    let settings = ShellSettings::at(&config.origin);
    ShellSettings {
        default_locale: Some(config.default_locale.to_owned()),
        product_name: config.name.clone().unwrap_or(settings.product_name),
        brand: config.brand.clone(),
        ..settings
    }
}

/// Leaves a line in the log. Never the query: tokens travel there.
async fn tell(mut request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0);
    if let Some(address) = address {
        request.extensions_mut().insert(keepwell_web::ClientAddress(address));
    }
    let client = address.map(|address| address.to_string()).unwrap_or_default();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("keepwell_requests_total", "face" => face(&path), "status" => status).increment(1);
    tracing::info!(%client, %method, path, status = response.status().as_u16(), "request");
    response
}

/// Which of the faces a path belongs to.
fn face(path: &str) -> &'static str {
    match path {
        keepwell_platform::PATH => "platform",
        keepwell_platform::streaming::PATH => "streaming",
        _ => "shell",
    }
}

/// Answers requests and delivers letters until Ctrl-C or SIGTERM. What was begun is finished then.
pub async fn serve(
    config: &Config,
    domain: &Domain,
    listener: tokio::net::TcpListener,
) -> anyhow::Result<()> {
    let acceptor = match &config.tls {
        Some((certificate, key)) => Some(tls::acceptor(certificate, key, config.tls_1_2)?),
        None => None,
    };
    if let Some(address) = config.metrics {
        telemetry::serve(address)?;
    }
    let (router, shell) = faces(config, domain).await?;
    let deliverer = Deliverer::start(domain.clone(), mail::mailer(config, &domain.env)?);
    let sweeper = sweeper::start(domain.clone(), shell.clone());
    let sealing = sealer::start(domain.clone());
    listen::serve(listener, router, acceptor, config.trusted_proxies.clone(), stopped()).await;
    sweeper.abort();
    shell.settle().await;
    deliverer.stop().await;
    // A read that was answered leaves its entry, also when the server stops.
    domain.settle().await;
    sealer::finish(domain, sealing).await;
    Ok(())
}

/// Done when the process is asked to stop.
pub async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

async fn say_hello(config: &Config, domain: &Domain, is_new: bool) -> anyhow::Result<()> {
    println!("Keepwell is running.");
    println!();
    println!("  Shell          {}/", config.origin);
    println!("  XML API        {}/platform/wildcat.ashx", config.platform_origin);
    println!("  Data           {}", config.data.display());
    println!("  Attachments    {}", config.objects()?);
    println!("  Letters        {}", mail::whereto(config));
    println!();
    if is_new {
        println!("A server key was made: {}", key_file::path(&config.data).display());
        println!("Back it up, apart from the database. Without it, sealed data cannot be read.");
        println!();
    }
    if operators::all(domain).await?.is_empty() {
        let data = config.data.display();
        println!("Nobody runs this server yet. Make the first operator account with:");
        println!(
            "  keepwell operator add \"YOUR NAME\" YOU@EXAMPLE.ORG --data {data} --origin {}",
            config.origin
        );
        println!();
    }
    println!("Ctrl-C stops it.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use clap::Parser as _;
    use keepwell_testkit::{World, on_both_engines};
    use tower::ServiceExt as _;

    use super::*;
    use crate::cli::Cli;

    on_both_engines!(browsers_are_told_to_come_by_tls_where_they_can, |world: World| async move {
        for (origin, told) in [("https://records.example", true), ("http://localhost:8470", false)] {
            let cli = Cli::parse_from(["keepwell", "serve", "--origin", origin]);
            let config = cli.options.resolve("unused").expect("a configuration");
            let (router, _) = faces(&config, &world.domain).await.expect("faces");
            for path in ["/sign-in", "/nowhere", keepwell_platform::PATH, keepwell_platform::streaming::PATH]
            {
                let request = Request::get(path).body(Body::empty()).expect("a request");
                let response = router.clone().oneshot(request).await.expect("an answer");
                let said = response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY);
                assert_eq!(said, told, "{origin}{path}");
            }
        }
    });
}
