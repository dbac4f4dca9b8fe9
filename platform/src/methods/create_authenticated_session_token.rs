//! CreateAuthenticatedSessionToken 1 and 2: proof of an application's key for a session (wire.md 3).

use keepwell_core::applications::{self, Application};
use keepwell_core::{installations, sessions};
use keepwell_wire::cast::{CastRequest, CredentialSignature, SessionKey};
use keepwell_wire::integrity::encode_base64;
use keepwell_wire::methods::create_authenticated_session_token::{Response, answer};
use keepwell_wire::status::Status;
use keepwell_wire::time::UtcMicros;
use secrecy::{ExposeSecret, SecretSlice};

use crate::call::Call;
use crate::refusal::Refusal;

/// How far `signing-time` may be from our clock: one client writes its local time as if it were UTC,
/// in whatever zone it is (wire.md 7).
const SIGNING_TIME_SKEW: i64 = 26 * 3600 * 1_000_000;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let app = call.app()?;
    let request = CastRequest::parse(call.version(), call.info, app.id.0)?;
    verify(call, app, &request).await?;
    let (key, shared_secret) = match request.session_key {
        SessionKey::ClientChosen { algorithm, secret } => {
            (session_key(algorithm.name(), SecretSlice::from(secret)), None)
        }
        SessionKey::ServerChosen { algorithm, signing_time } => {
            let now = call.domain.env.now();
            if (now - signing_time.0).abs() > SIGNING_TIME_SKEW {
                let message = "signing-time is too far from now; is the clock right?";
                return Err(Refusal::new(Status::REQUEST_TIMED_OUT, message));
            }
            let secret = SecretSlice::from(call.domain.env.bytes::<64>().to_vec());
            let shared = encode_base64(secret.expose_secret());
            (session_key(algorithm.name(), secret), Some(shared))
        }
    };
    let token = sessions::begin(call.domain, app.id, &key).await?;
    Ok(answer(&Response { app_id: app.id.0, token, shared_secret }))
}

fn session_key(algorithm: &str, secret: SecretSlice<u8>) -> sessions::SessionKey {
    sessions::SessionKey { secret, algorithm: algorithm.to_owned() }
}

async fn verify(call: &Call<'_>, app: &Application, request: &CastRequest<'_>) -> Result<(), Refusal> {
    let bad = |message| Refusal::new(Status::BAD_SIG, message);
    match &request.signature {
        CredentialSignature::Rsa { thumbprint, .. } => {
            let certificate =
                call.certificates.find(call.domain, app.id, call.revision, thumbprint).await?.ok_or_else(
                    || bad("no certificate with this thumbprint is registered for the application"),
                )?;
            if !request.signature.verify_rsa(&certificate.public_key, request.raw_content) {
                return Err(bad("the signature does not fit the content and the certificate"));
            }
            if !certificate.is_valid_at(UtcMicros(call.domain.env.now())) {
                return Err(Refusal::new(Status::BAD_CERT, "the certificate is not valid today"));
            }
        }
        CredentialSignature::Hmac { .. } => {
            if let Some(seconds) = installations::may_try(call.domain, app.id, call.address).await? {
                let message = format!("too many wrong signatures from there; try again in {seconds} seconds");
                return Err(Refusal::new(Status::FAILED, message));
            }
            let secret = applications::secret(call.domain, app.id)
                .await?
                .ok_or_else(|| bad("this application signs with a certificate, not with a secret"))?;
            if !request.signature.verify_hmac(secret.expose_secret(), request.raw_content) {
                installations::failed(call.domain, app.id, call.address).await?;
                return Err(bad("the signature does not fit the content and the secret"));
            }
        }
    }
    Ok(())
}
