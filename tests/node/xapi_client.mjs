// Writes and reads as a web page would, with the public JavaScript client. Given endpoint, key, secret, version; writes
// what came back as JSON.
import XAPI from "@xapi/xapi";
import { createHash } from "node:crypto";

process.on("uncaughtException", ({ message, config, response, stack }) => {
  console.error(message, config?.method, config?.url, response?.data, stack.slice(-1500)); // the client is one long line
  process.exit(1);
});
const [endpoint, key, secret, version] = process.argv.slice(2);
const settings = { endpoint, version, auth: XAPI.toBasicAuth(key, secret) };
const client = new XAPI(settings);
const fetching = new XAPI({ ...settings, adapter: "fetch" }); // for files: in node, axios calls each Blob octet-stream
const agent = { objectType: "Agent", account: { homePage: "http://e.nl", name: "anna" } };
const activityId = "http://e.nl/a";
const statement = (id, more = {}) => ({
  id,
  actor: agent,
  verb: { id: "http://adlnet.gov/expapi/verbs/answered", display: { nl: "heeft geantwoord" } },
  object: { objectType: "Activity", id: activityId, definition: { name: { nl: "Een les" } } },
  result: { success: true, response: "é \u{1f600}", duration: XAPI.calculateISO8601Duration(new Date(0), new Date(1500)) },
  ...more,
});
const ids = [1, 2, 3, 4].map((number) => `00000000-0000-4000-8000-00000000000${number}`);
const told = {};
const data = async (asked) => (await asked).data;

told.about = (await data(client.getAbout())).version;
told.sent = await data(client.sendStatement({ statement: statement(ids[0]) }));
told.batch = await data(client.sendStatements({ statements: [statement(ids[1]), statement(ids[2])] }));
const file = new TextEncoder().encode("een bijlage");
const attachment = {
  usageType: "http://e.nl/file", display: { nl: "bijlage" }, contentType: "text/plain",
  length: file.byteLength, sha2: createHash("sha256").update(file).digest("hex"),
};
const carrying = statement(ids[3], { attachments: [attachment] });
told.attached = await data(fetching.sendStatement({ statement: carrying, attachments: [file.buffer] }));
told.file = (await data(fetching.getStatement({ statementId: ids[3], attachments: true }))).length;

told.one = await data(client.getStatement({ statementId: ids[0] }));
const page = await data(client.getStatements({ agent, verb: told.one.verb.id, limit: 3 }));
const rest = await data(client.getMoreStatements({ more: page.more }));
told.pages = [page, rest].map((each) => each.statements.map(({ id }) => id));
await client.voidStatement({ actor: agent, statementId: ids[1] });
told.voided = (await data(client.getVoidedStatement({ voidedStatementId: ids[1] }))).id;
told.gone = await client.getStatement({ statementId: ids[1] }).catch((error) => error.response.status);

const about = { agent, activityId, stateId: "place" };
await client.setState({ ...about, state: { step: 3 } });
await client.createState({ ...about, state: { done: true } });
const kept = await client.getState(about);
told.state = kept.data;
told.states = await data(client.getStates({ agent, activityId }));
const match = { etag: kept.headers.etag, matchHeader: "If-Match" };
await client.setState({ ...about, state: { step: 4 }, ...match });
told.late = await client.setState({ ...about, state: { step: 5 }, ...match }).catch((error) => error.response.status);
await client.deleteState(about);
told.person = await data(client.getAgent({ agent }));
told.activity = await data(client.getActivity({ activityId }));
process.stdout.write(JSON.stringify(told));
