// Signs as providers do, and checks a signature of ours as their receivers do.
// Usage: node sign.mjs '{"twilio": [{"token", "url", "params"}], "timed": [{"secret", "timestamp", "body"}],
//   "check": [{"secret", "timestamp", "body", "signature"}]}'
import crypto from "node:crypto";
import twilio from "twilio";
import webhooks from "twilio/lib/webhooks/webhooks.js";

const request = JSON.parse(process.argv[2]);

// as SMSMobileAPI documents version 2 of its webhooks
const timed = ({ secret, timestamp, body }) =>
  "v1=" + crypto.createHmac("sha256", secret).update(timestamp + ".").update(Buffer.from(body, "utf8")).digest("hex");

const signTwilio = ({ token, url, params }) => {
  const signature = webhooks.getExpectedTwilioSignature(token, url, params);
  if (!twilio.validateRequest(token, signature, url, params)) {
    throw new Error("twilio does not accept its own signature of " + url);
  }
  return signature;
};

console.log(JSON.stringify({
  twilio: request.twilio.map(signTwilio),
  timed: request.timed.map(timed),
  check: request.check.map((one) =>
    crypto.timingSafeEqual(Buffer.from(timed(one)), Buffer.from(one.signature))),
}));
