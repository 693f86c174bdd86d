// The page reads /v1/overview every two seconds and draws it. No number is worked out here but the place of a mark on an axis.
const every = 2000;
const byId = (id) => document.getElementById(id);

function node(tag, attributes = {}, ...children) {
  const space = ["svg", "line", "circle", "title"].includes(tag) && "http://www.w3.org/2000/svg";
  const made = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const money = (amount, currency) =>
  new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: Math.abs(amount) < 100 ? 2 : 0 }).format(amount);
const clock = (text) => new Date(text).toLocaleTimeString("en-GB");
const cents = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
// Money keeps its cents; a share or a score its first digits.
const number = (value) => (Math.abs(value) < 1 ? short : Number.isInteger(value) ? whole : cents).format(value);
const list = (values) => (values.length > 3 ? `${plain(values[0])} … ${plain(values.at(-1))} (${values.length})` : values.map(plain).join(", "));
const plain = (value) =>
  typeof value === "number" ? number(value)
  : Array.isArray(value) ? list(value)
  : value !== null && typeof value === "object" ? JSON.stringify(value)
  : String(value ?? "–");
const none = (text) => node("p", { class: "none" }, text);

function environments(all, here) {
  if (all.length === 0) return [none("Nothing is released yet. Put a release live with “halley promote”.")];
  return all.map((environment) =>
    node(
      "div",
      { class: environment.name === here ? "lane here" : "lane" },
      node("h3", {}, environment.name === here ? `${environment.name} · this server` : environment.name),
      ...environment.decisions.map((decision) =>
        node(
          "ul",
          {},
          role(decision.champion.release, decision.challengers.length > 0 ? `champion ${percent.format(decision.champion.share)}` : "champion"),
          ...decision.challengers.map((arm) => role(arm.release, `challenger ${percent.format(arm.share)}`)),
          ...decision.shadows.map((arm) => role(arm.release, "shadow")),
        ),
      ),
      environment.decisions.length === 0 ? node("p", { class: "none" }, "empty") : null,
    ),
  );
}

const role = (release, part) => node("li", {}, node("span", {}, release), node("span", {}, part));

function tile(name, figure, unit) {
  return node("div", {}, node("dt", {}, name), node("dd", {}, figure, " ", node("small", {}, unit)));
}

function traffic(now) {
  return [
    tile("Decisions", short.format(now.decisions_per_second), "a second"),
    tile("Since start", whole.format(now.decisions), "decisions"),
    tile("Typical answer", now.latency_ms.p50 === null ? "–" : short.format(now.latency_ms.p50), "ms"),
    tile("Slowest in 100", now.latency_ms.p99 === null ? "–" : short.format(now.latency_ms.p99), "ms"),
    tile("Fallbacks", whole.format(now.fallbacks), "of these"),
  ];
}

function interval(line) {
  const reach = Math.max(Math.abs(line.low), Math.abs(line.high), Math.abs(line.value)) * 1.15 || 1;
  const at = (amount) => 300 + (amount / reach) * 290;
  const mark = (name, from, to) => node("line", { class: name, x1: from, x2: to, y1: 13, y2: 13 });
  return node(
    "svg",
    { class: "interval", viewBox: "0 0 600 26", preserveAspectRatio: "none", role: "img" },
    node("title", {}, `from ${money(line.low, line.currency)} to ${money(line.high, line.currency)}`),
    mark("axis", 0, 600),
    node("line", { class: "zero", x1: 300, x2: 300, y1: 1, y2: 25 }),
    mark(line.known ? "span" : "span unknown", at(line.low), at(line.high)),
    node("circle", { cx: at(line.value), cy: 13, r: 5 }),
  );
}

function value(lines, notes) {
  if (lines.length + notes.length === 0) return [none("Nothing is known yet.")];
  return [...lines.map(earned), ...notes.map(none)];
}

function versus(line) {
  return node(
    "h3",
    {},
    `${line.release} against ${line.against}`,
    node("span", { class: "badge" }, line.grade),
    line.simulated ? node("span", { class: "badge warn" }, "simulated") : null,
  );
}

function earned(line) {
  return node(
    "div",
    { class: "earned" },
    versus(line),
    node("p", {}, line.sentence),
    interval(line),
    node("p", { class: "of" }, `${money(line.low, line.currency)} to ${money(line.high, line.currency)} ${line.per}; ${whole.format(line.decisions)} decisions`),
    node("p", { class: "of" }, line.measured),
  );
}

function trials(experiments, canaries) {
  if (experiments.length + canaries.length === 0) return [none("No experiment runs, and no canary was started.")];
  return [...experiments.map(experiment), ...canaries.map(canary)];
}

function experiment(line) {
  return node(
    "div",
    { class: "earned" },
    versus(line),
    node("p", {}, line.sentence),
    line.low === null ? null : interval(line),
    node("p", { class: "of" }, `until ${new Date(line.planned_end).toLocaleDateString("en-GB")}; ${whole.format(line.decisions)} decisions`),
    ...line.notes.map(none),
  );
}

function canary(line) {
  const bad = line.status === "rolled_back";
  return node(
    "div",
    { class: "earned" },
    node(
      "h3",
      {},
      `${line.release} beside ${line.against}`,
      node("span", { class: bad ? "badge bad" : "badge" }, `canary ${line.status.replace("_", " ")}`),
    ),
    node("p", {}, line.words),
    node("p", { class: "of" }, `step ${line.step} of ${line.steps}, ${percent.format(line.share)} of the units`),
  );
}

function monitor(reports) {
  if (reports.length === 0) return [none("No live release has a monitor plan. Write monitor.yaml and release again.")];
  return reports.map((report) => {
    const book = report.slices[0];
    const worst = book.drift.toSorted((one, other) => other.index - one.index)[0];
    return node(
      "div",
      { class: "earned" },
      node(
        "h3",
        {},
        report.release,
        node("span", { class: report.alarms.length > 0 ? "badge bad" : "badge" }, report.verdict),
        report.simulated ? node("span", { class: "badge warn" }, "simulated") : null,
      ),
      node("p", {}, report.sentence),
      report.alarms.length > 0 ? node("ul", { class: "reasons" }, ...report.alarms.map((alarm) => node("li", {}, alarm.sentence))) : null,
      ...[...book.lines, ...book.prices].map((line) => node("p", { class: "of" }, ratio(line))),
      worst ? node("p", { class: "of" }, `moved most: ${worst.group}, ${percent.format(worst.before)} then, ${percent.format(worst.after)} now`) : null,
      ...report.notes.map(none),
    );
  });
}

const ratio = (line) =>
  `${line.name}: ${short.format(line.ratio)} of what was expected` +
  (typeof line.lower === "number" ? `, surely ${short.format(line.lower)} to ${short.format(line.upper)}` : ", too little to be sure");

function shadow(pairs) {
  if (pairs.length === 0) return [none("No shadow has been compared since the server started.")];
  const head = ["Shadow", "Beside", "Compared", "Differ", "Typical difference", "Errors"];
  return [
    node(
      "table",
      {},
      node("thead", {}, node("tr", {}, ...head.map((name, i) => node("th", i > 1 ? { class: "number" } : {}, name)))),
      node(
        "tbody",
        {},
        ...pairs.map((pair) =>
          node(
            "tr",
            {},
            node("td", {}, pair.shadow),
            node("td", {}, pair.champion),
            node("td", { class: "number" }, whole.format(pair.compared)),
            node("td", { class: "number" }, pair.compared > 0 ? percent.format(pair.differ / pair.compared) : "–"),
            node("td", { class: "number" }, pair.typical_difference === null ? "–" : `${pair.output} ${percent.format(pair.typical_difference)}`),
            node("td", { class: "number" }, whole.format(pair.errors)),
          ),
        ),
      ),
    ),
  ];
}

function decision(entry) {
  const outputs = Object.entries(entry.outputs).map(([name, output]) => `${name} ${plain(output)}`);
  return node(
    "details",
    { "data-id": entry.decision_id },
    node(
      "summary",
      {},
      node("span", { class: "soft" }, clock(entry.time)),
      node("span", {}, entry.release),
      node("span", {}, entry.arm),
      node("strong", {}, entry.action ?? "", entry.fallback ? " (fallback)" : ""),
      node("span", {}, outputs.join(" · ")),
    ),
    entry.reasons.length > 0 ? node("ul", { class: "reasons" }, ...entry.reasons.map((reason) => node("li", {}, reason))) : null,
    node("dl", { class: "steps" }, ...entry.steps.map((step) => node("div", {}, node("dt", {}, step.name), node("dd", {}, plain(step.value))))),
  );
}

function draw(overview) {
  byId("place").textContent = `environment ${overview.environment}`;
  byId("simulated").hidden = !overview.simulated;
  byId("environments").replaceChildren(...environments(overview.environments, overview.environment));
  byId("traffic").replaceChildren(...traffic(overview.traffic));
  byId("value").replaceChildren(...value(overview.value, overview.value_notes));
  byId("trials").replaceChildren(...trials(overview.experiments, overview.canaries));
  byId("shadow").replaceChildren(...shadow(overview.shadow));
  // What the reader has opened stays open.
  const open = new Set([...document.querySelectorAll("details[open]")].map((entry) => entry.dataset.id));
  const latest = overview.latest.map(decision);
  latest.filter((entry) => open.has(entry.dataset.id)).forEach((entry) => entry.setAttribute("open", ""));
  byId("latest").replaceChildren(...(latest.length > 0 ? latest : [none("No decision has been asked for yet.")]));
}

// The monitor looks once an hour; once a minute shows its news soon enough.
async function watch() {
  try {
    const answer = await fetch("v1/monitor", { cache: "no-store" });
    if (answer.ok) byId("monitor").replaceChildren(...monitor(await answer.json()));
  } finally {
    setTimeout(watch, 60_000);
  }
}

async function refresh() {
  const pulse = byId("pulse");
  try {
    const answer = await fetch("v1/overview", { cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    draw(await answer.json());
    pulse.textContent = "live";
    pulse.className = "badge";
  } catch (fault) {
    pulse.textContent = `not connected: ${fault.message}`;
    pulse.className = "badge bad";
  }
  setTimeout(refresh, every);
}

refresh();
watch();
