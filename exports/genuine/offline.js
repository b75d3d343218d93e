/* Computes the control words of a Word file, and compares what one sees in it with the text that it carries.
   Everything happens in this window: the page asks no server for anything, and its policy forbids it to. */
"use strict";
const DATA = JSON.parse(document.getElementById("data").textContent);
const SAY = DATA.say;
const NAMESPACE = "urn:handslag:agenda:1";
const LARGEST = 24 * 1024 * 1024;
const WORD = ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];
const answer = document.getElementById("answer");

class NotOurs extends Error {}

/* The package: a zip file, read from its list at the end. */
function entriesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new NotOurs(SAY.noDocument);
  const entries = new Map();
  let place = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(place, true) !== 0x02014b50) throw new NotOurs(SAY.noDocument);
    const nameLength = view.getUint16(place + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + nameLength));
    if (entries.has(name)) throw new NotOurs(SAY.strange);
    entries.set(name, { method: view.getUint16(place + 10, true), size: view.getUint32(place + 20, true), at: view.getUint32(place + 42, true) });
    place += 46 + nameLength + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
  }
  return { bytes, view, entries };
}

async function partOf(archive, name) {
  const entry = archive.entries.get(name);
  const { bytes, view } = archive;
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(start, start + entry.size);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new NotOurs(SAY.noDocument);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LARGEST) { await reader.cancel(); throw new NotOurs(SAY.tooLarge); }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) { whole.set(chunk, at); at += chunk.length; }
  return whole;
}

function xmlOf(bytes) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new NotOurs(SAY.strange);
  const xml = new DOMParser().parseFromString(text, "application/xml");
  if (xml.getElementsByTagName("parsererror").length) throw new NotOurs(SAY.noDocument);
  return xml;
}

/* What one sees. */
function plain(text) { return text.replace(/\u00ad/g, "").replace(/[\s\u00a0\u2007\u202f]+/g, " ").trim(); }
function isWord(element, name) { return element.localName === name && WORD.includes(element.namespaceURI); }
function value(element) { return element.getAttributeNS(element.namespaceURI, "val") || ""; }

function hides(properties) {
  for (const each of properties.children) {
    if (["vanish", "webHidden", "specVanish"].includes(each.localName) && !["0", "false", "off"].includes(value(each))) return true;
    if (each.localName === "sz" && /^[0-7]$/.test(value(each))) return true;
    if (each.localName === "color" && value(each).toUpperCase() === "FFFFFF") return true;
  }
  return false;
}

function hiddenStyles(xml) {
  const own = new Set(), above = new Map();
  for (const style of xml.getElementsByTagNameNS("*", "style")) {
    const name = style.getAttributeNS(style.namespaceURI, "styleId");
    for (const child of style.children) {
      if (child.localName === "basedOn") above.set(name, value(child));
      if (child.localName === "rPr" && hides(child)) own.add(name);
    }
  }
  return (name) => { for (let step = 0; step < 12 && name; step += 1) { if (own.has(name)) return true; name = above.get(name); } return false; };
}

function textsOf(xml, isHiddenStyle) {
  const texts = [];
  const styleOf = (properties, name) => { for (const each of properties ? properties.children : []) if (each.localName === name) return value(each); return ""; };
  function walk(node, paragraph, fields) {
    for (const child of node.children) {
      if (child.localName === "Fallback" || isWord(child, "del") || isWord(child, "moveFrom")) continue;
      if (isWord(child, "p")) {
        const mine = { seen: [], hidden: [], style: "" };
        texts.push(mine);
        walk(child, mine, []);
      } else if (isWord(child, "pPr") && paragraph) paragraph.style = styleOf(child, "pStyle");
      else if (isWord(child, "r") && paragraph) run(child, paragraph, fields);
      else if (isWord(child, "fldSimple")) walk(child, paragraph, [{ name: child.getAttributeNS(child.namespaceURI, "instr") || "", done: true }, ...fields]);
      else walk(child, paragraph, fields);
    }
  }
  function run(element, paragraph, fields) {
    let isHidden = isHiddenStyle(paragraph.style);
    const say = (text) => {
      if (fields.some((field) => /^\s*(PAGE|NUMPAGES|PAGEREF|SECTIONPAGES|SECTION)\b/i.test(field.name))) return;
      (isHidden ? paragraph.hidden : paragraph.seen).push(text);
    };
    for (const child of element.children) {
      if (isWord(child, "rPr")) isHidden = isHidden || hides(child) || isHiddenStyle(styleOf(child, "rStyle"));
      else if (isWord(child, "fldChar")) {
        const kind = child.getAttributeNS(child.namespaceURI, "fldCharType");
        if (kind === "begin") fields.unshift({ name: "" });
        else if (kind === "end") fields.shift();
      } else if (isWord(child, "instrText") && fields.length) fields[0].name += child.textContent;
      else if (isWord(child, "t")) say(child.textContent);
      else if (["tab", "br", "cr", "ptab"].includes(child.localName)) say(" ");
      else if (isWord(child, "noBreakHyphen")) say("-");
      else if (!isWord(child, "instrText")) walk(child, paragraph, fields);
    }
  }
  walk(xml.documentElement.parentNode, null, []);
  const seen = texts.map((each) => plain(each.seen.join(""))).filter(Boolean);
  const hidden = texts.map((each) => plain(each.hidden.join(""))).filter(Boolean);
  return { seen, hidden };
}

/* The text that was frozen. */
async function carriedOf(archive) {
  let found = null;
  for (const name of archive.entries.keys()) {
    if (!/^customXml\/item\d+\.xml$/.test(name)) continue;
    const root = xmlOf(await partOf(archive, name)).documentElement;
    if (root.namespaceURI !== NAMESPACE || root.localName !== "agenda") continue;
    if (found) throw new NotOurs(SAY.strange);
    const inside = (part) => {
      const element = root.getElementsByTagNameNS(NAMESPACE, part)[0];
      return element ? Uint8Array.from(atob(element.textContent.replace(/\s/g, "")), (letter) => letter.charCodeAt(0)) : null;
    };
    found = { bytes: inside("frozen"), answers: inside("answers"), copy: root.getAttribute("copy"), by: root.getAttribute("by") || "", text: root.getAttribute("text") || "" };
  }
  if (!found || !found.bytes) throw new NotOurs(SAY.noText);
  return found;
}

async function controlWords(digest, language) {
  const key = await crypto.subtle.importKey("raw", digest, "PBKDF2", false, ["deriveBits"]);
  const salt = new TextEncoder().encode(DATA.salt);
  const made = new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: DATA.rounds }, key, 72));
  let bits = 0n;
  for (const byte of made) bits = (bits << 8n) | BigInt(byte);
  bits >>= 6n;
  const list = (DATA.words[language] || DATA.words.en).split(" ");
  return [5, 4, 3, 2, 1, 0].map((place) => list[Number((bits >> BigInt(11 * place)) & 2047n)]);
}

/* What people put into it, and what one therefore has to see. */
function written(content) {
  if (content.conclusions) return [...content.conclusions, ...content.improvements].map((each) => each.text);
  const must = [content.alliance.purpose];
  for (const partner of content.partners) must.push(partner.name);
  for (const principle of [...content.principles, ...content.not_adopted]) must.push(principle.text);
  for (const agreement of content.agreements) {
    must.push(agreement.what, agreement.first_step, agreement.measure, agreement.owner || "", ...agreement.supporters);
    if (agreement.due_on) must.push({ day: agreement.due_on });
  }
  return must.filter((each) => each);
}

function strings(part, into) {
  if (typeof part === "string") into.add(plain(part));
  else if (part && typeof part === "object") Object.values(part).forEach((each) => strings(each, into));
  return into;
}

function dayPattern(day) {
  const [year, month, number] = day.split("-").map(Number);
  const names = ["nl", "en"].map((language) => new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" }).format(Date.UTC(2000, month - 1, 15)).slice(0, 3));
  return new RegExp("(^|[^0-9])" + number + "\\.? (" + [...new Set(names)].join("|") + ")[a-zé.]* " + year, "i");
}

/* A name stands within a sentence, or begins one: with a small letter, and with a capital. */
function inBothCases(texts) {
  const found = new Set(texts);
  for (const text of texts) for (const first of [text[0].toLowerCase(), text[0].toUpperCase()]) found.add(first + text.slice(1));
  return found;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/* Splits texts into large patterns: each paragraph then takes a few looks. What stands nowhere in `all` is not looked
   for: of the thousands of sentences that a document may have, one has a few hundred. */
function patternsOf(texts, all) {
  const sorted = [...texts].filter((text) => text.length > 1).sort((one, other) => other.length - one.length);
  const patterns = [];
  for (let place = 0; place < sorted.length; place += 400) {
    const group = sorted.slice(place, place + 400).filter((text) => all.includes(text)).map((text) => {
      const before = /^[\p{L}\p{N}]/u.test(text) ? "(?<![\\p{L}\\p{N}])" : "", after = /[\p{L}\p{N}]$/u.test(text) ? "(?![\\p{L}\\p{N}])" : "";
      return before + escaped(text) + after;
    });
    if (group.length) patterns.push(new RegExp(group.join("|"), "gu"));
  }
  return patterns;
}

/* A long text may be named by its beginning, with three dots behind it. */
const BEGINNING = 12;
function withoutBeginnings(text, whole) {
  let rest = text;
  for (let end = rest.indexOf("…"); end >= 0; end = rest.indexOf("…", end + 1)) {
    const before = rest.slice(0, end).trimEnd();
    for (const each of whole) {
      const start = before.lastIndexOf(each.slice(0, BEGINNING));
      if (start < 0 || !each.startsWith(before.slice(start))) continue;
      rest = rest.slice(0, start) + "\u0001" + rest.slice(end);
      end = start;
      break;
    }
  }
  return rest;
}

/* What the document says of itself: where it is checked, its fingerprint, its words. */
function aboutItself(content, carried, digest, words) {
  const print = carried.copy === "public" ? carried.text : digest;
  const told = [carried.by, print, print.slice(0, 8), ...print.match(/.{8}/g), ...(carried.copy === "public" ? [] : words)];
  const place = (content.address || "").replace(/^https?:\/\//, "");
  return place ? [...told, place, place + "/check"] : told;
}

function compare(content, answers, own, isPublic, texts) {
  const all = "\n" + texts.seen.join("\n") + "\n";
  const missing = [];
  for (const each of written(content)) {
    const isThere = each.day ? dayPattern(each.day).test(all) : all.includes(plain(each));
    if (!isThere) missing.push(each.day || plain(each));
  }
  /* Longest first, whosever they are: a word of the content may stand in a sentence of ours. */
  const known = patternsOf(strings([...DATA.phrases, ...own], strings(answers, inBothCases([...strings(content, new Set())].filter((each) => each)))), all);
  const whole = [...strings(content, new Set())].filter((each) => each.length > BEGINNING);
  const isListed = new Set((DATA.words[content.alliance.language] || DATA.words.en).split(" "));
  const strange = [];
  for (const text of texts.seen) {
    let left = text;
    if (isPublic && isListed.has(text)) continue;
    left = withoutBeginnings(left, whole);
    for (const pattern of known) left = left.replace(pattern, "\u0001");
    left = left.replace(DAYS, "\u0001");
    if (/\p{L}{2}/u.test(left)) strange.push(text);
  }
  return { missing: [...new Set(missing)], strange: [...new Set(strange)], hidden: texts.hidden };
}

const DAYS = (function () {
  const names = new Set();
  for (const language of ["nl", "en", "en-GB"]) {
    for (let step = 0; step < 12; step += 1) for (const month of ["long", "short"]) names.add(new Intl.DateTimeFormat(language, { month, timeZone: "UTC" }).format(Date.UTC(2000, step, 15)).replace(".", ""));
    for (let step = 1; step < 8; step += 1) for (const weekday of ["long", "short"]) names.add(new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" }).format(Date.UTC(2000, 0, step)).replace(".", ""));
  }
  return new RegExp("(?<!\\p{L})(" + [...names].sort((one, other) => other.length - one.length).map(escaped).join("|") + ")(?!\\p{L})", "giu");
})();

/* The answer. */
function add(name, text, to = answer) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  to.append(element);
  return element;
}

function list(heading, items) {
  if (!items.length) return;
  add("h2", heading);
  const made = add("ul");
  for (const item of items.slice(0, 60)) add("li", item, made).dir = "auto";
}

function show(carried, content, words, digest, found) {
  answer.replaceChildren();
  const isSame = !found.missing.length && !found.hidden.length;
  const verdict = add("p");
  verdict.className = isSame ? "verdict" : "verdict bad";
  add("b", isSame ? SAY.same : SAY.changed, verdict);
  if (carried.copy === "public") add("p", SAY.isPublic);
  else {
    add("h2", SAY.words);
    const six = add("ol");
    six.className = "six"; six.lang = content.alliance.language; six.translate = false; six.id = "words";
    for (const word of words) add("li", word, six);
    add("p", SAY.remember);
  }
  list(SAY.missing, found.missing);
  list(SAY.hidden, found.hidden);
  list(SAY.notFrozen, found.strange);
  const details = add("details");
  add("summary", SAY.frozen, details);
  const frozen = add("ul", "", details);
  for (const each of [...(content.conclusions || []), ...(content.improvements || [])]) add("li", each.number + ". " + each.text, frozen).dir = "auto";
  for (const principle of content.principles || []) add("li", principle.number + ". " + principle.text, frozen).dir = "auto";
  for (const agreement of content.agreements || []) add("li", [agreement.number + ". " + agreement.what, agreement.owner, agreement.due_on].filter(Boolean).join(" · "), frozen).dir = "auto";
  const print = add("p", SAY.fingerprint + " ");
  add("span", digest, print).className = "print";
}

async function check(file) {
  answer.replaceChildren();
  add("p", SAY.busy);
  try {
    if (!window.DecompressionStream) throw new NotOurs(SAY.oldBrowser);
    if (!(window.crypto && crypto.subtle)) throw new NotOurs(SAY.saveFirst);
    if (file.size > LARGEST) throw new NotOurs(SAY.tooLarge);
    const archive = entriesOf(new Uint8Array(await file.arrayBuffer()));
    if (!archive.entries.has("word/document.xml")) throw new NotOurs(SAY.noDocument);
    for (const name of archive.entries.keys()) if (/vbaproject/i.test(name)) throw new NotOurs(SAY.macros);
    const carried = await carriedOf(archive);
    const content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(carried.bytes));
    const answers = carried.answers ? JSON.parse(new TextDecoder().decode(carried.answers)) : [];
    const digest = await crypto.subtle.digest("SHA-256", carried.bytes);
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const isHidden = archive.entries.has("word/styles.xml") ? hiddenStyles(xmlOf(await partOf(archive, "word/styles.xml"))) : () => false;
    const texts = { seen: [], hidden: [] };
    for (const name of archive.entries.keys()) {
      if (!/^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/.test(name)) continue;
      const found = textsOf(xmlOf(await partOf(archive, name)), isHidden);
      texts.seen.push(...found.seen);
      texts.hidden.push(...found.hidden);
    }
    const words = await controlWords(digest, content.alliance.language);
    const own = aboutItself(content, carried, hex, words);
    show(carried, content, words, hex, compare(content, answers, own, carried.copy === "public", texts));
  } catch (error) {
    answer.replaceChildren();
    const verdict = add("p");
    verdict.className = "verdict bad";
    add("b", error instanceof NotOurs ? error.message : SAY.noDocument, verdict);
  }
}

document.getElementById("file").addEventListener("change", (event) => { if (event.target.files[0]) check(event.target.files[0]); });
