// Checks a receipt or a supervisor's kit in the browser: the same checks as OfflineVerifier and KitVerifier of this library, from the file alone.
// Around it stand, in the page, noble-ed25519, js-sha256 and js-sha512.
const utf8 = new TextEncoder(), fromUtf8 = bytes => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
hashes.sha512 = message => Uint8Array.from(sha512.array(message));

const sha = (...parts) => {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.arrayBuffer());
};
const hmac = (key, message) => new Uint8Array(sha256.hmac.arrayBuffer(key, message));
const ZERO = Uint8Array.of(0), ONE = Uint8Array.of(1);
const leafHash = entry => sha(ZERO, entry), children = (left, right) => sha(ONE, left, right);
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};

// ── one spelling only ──
const number = text => /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(+text) ? +text : null;
const base64 = text => {
  if (text.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const raw = atob(text);
  return btoa(raw) === text ? Uint8Array.from(raw, c => c.charCodeAt(0)) : null;
};
const hash32 = text => { const bytes = text.length === 44 ? base64(text) : null; return bytes?.length === 32 ? bytes : null; };
const isLine = line => line.length > 0 && !/[\u0000-\u001f\u007f-\u009f]/.test(line);

// ── c2sp.org/signed-note and tlog-checkpoint ──
function readNote(source) {
  if (!source || source.length > 1e6 || !source.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(source)) return null;
  const blank = source.lastIndexOf('\n\n');
  if (blank < 0) return null;
  const signatures = [], seen = new Set();
  for (const line of source.slice(blank + 2).split('\n').slice(0, -1)) {
    const parts = line.split(' '), bytes = parts.length === 3 && parts[0] === '—' && parts[1] && !parts[1].includes('+') ? base64(parts[2]) : null;
    if (!bytes || bytes.length < 5 || signatures.length === 100) return null;
    const id = hex(bytes.slice(0, 4));
    if (seen.has(parts[1] + ' ' + id)) return null;
    seen.add(parts[1] + ' ' + id);
    signatures.push({ name: parts[1], id, signature: bytes.slice(4) });
  }
  return signatures.length ? { text: source.slice(0, blank + 1), signatures } : null;
}
const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
function readKey(text) {
  const parts = (text ?? '').split('+'), name = parts[0], bytes = base64(parts.slice(2).join('+'));
  if (parts.length < 3 || !name || /\s/.test(name) || bytes?.length !== 33 || bytes[0] !== 1) return null;
  return hex(sha(utf8.encode(name + '\n'), bytes).slice(0, 4)) === parts[1] ? { name, id: parts[1], bytes: bytes.slice(1), text } : null;
}
function isSigned(note, key) {
  const line = note.signatures.find(s => s.name === key.name && s.id === key.id);
  try {
    return !!line && line.signature.length === 64 && verify(line.signature, utf8.encode(note.text), key.bytes, { zip215: false });
  } catch { return false; }
}
function readCheckpoint(text) {
  if (!text?.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n'), size = lines.length >= 3 ? number(lines[1]) : null, root = lines.length >= 3 ? hash32(lines[2]) : null;
  return size !== null && root && lines.every(isLine) ? { origin: lines[0], size, root } : null;
}
function readPinned(text) {
  const clean = text.replace(/^\ufeff+/, '').replace(/\r\n/g, '\n').trim();
  const note = readNote(clean + '\n'), signed = note && readCheckpoint(note.text);
  if (signed) return { ...signed, note };
  const plain = readCheckpoint(clean + '\n');
  if (plain) return plain;
  const [count, ...groups] = clean.split(/[\s:\u3000-]+/).filter(Boolean), digits = groups.join('').toLowerCase();
  const size = number(count ?? '');
  return size !== null && /^[0-9a-f]{64}$/.test(digits) ? { size, root: Uint8Array.from(digits.match(/../g), d => parseInt(d, 16)) } : null;
}

// ── the entry, grammar hele/1 ──
const NAME = /^[A-Za-z0-9._-]{1,128}$/, GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
function readEntry(bytes) {
  if (!bytes.length || bytes.length > 65535 || bytes[bytes.length - 1] !== 10 || bytes.some(b => b !== 10 && (b < 10 || b > 126))) return null;
  const lines = fromUtf8(bytes).slice(0, -1).split('\n');
  const header = (i, name) => lines[i]?.startsWith(name + ' ') ? lines[i].slice(name.length + 1) : '';
  const [kind, time, jurisdiction, id] = [header(1, 'kind'), header(2, 'time'), header(3, 'jurisdiction'), header(4, 'id')];
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time) ? new Date(time) : null;
  if (lines[0] !== 'hele/1' || !NAME.test(kind) || !NAME.test(jurisdiction) || !GUID.test(id) || !at || isNaN(at) || at.toISOString() !== time) return null;
  const fields = new Map(), rest = lines.slice(5);
  const digits = Math.max(2, String(rest.length).length);
  let before = '';
  for (const [i, line] of rest.entries()) {
    const value = /^c [\x21-\x7e]{1,128} .{44}$/.test(line) ? hash32(line.slice(-44)) : null, label = line.slice(2, -45);
    if (!value || (i > 0 && before >= label) || (kind === 'confidential' && label !== String(i + 1).padStart(digits, '0'))) return null;
    fields.set(label, value);
    before = label;
  }
  return { bytes, kind, time: at, jurisdiction, id, fields, confidential: kind === 'confidential' };
}

// ── values and their commitments ──
const TAGS = ['null', 'text', 'instant', 'date', 'guid', 'integer', 'enum', 'bool', 'bytes'];
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\]/g;
const escaped = text => text.replace(HIDDEN, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
function unquoted(quoted) {
  if (quoted.length < 2 || quoted[0] !== '"' || !quoted.endsWith('"')) return null;
  const inner = quoted.slice(1, -1);
  if (/\\(?!u[0-9a-f]{4})/.test(inner)) return null;
  const text = inner.replace(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return escaped(text) === inner && text.isWellFormed?.() !== false ? text : null;
}
function valueBytes(tag, text) {
  const ascii = () => join(Uint8Array.of(tag), utf8.encode(text));
  switch (TAGS[tag]) {
    case 'null': return text === '' ? Uint8Array.of(0) : null;
    case 'text': return ascii();
    case 'instant': return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(text) ? ascii() : null;
    case 'date': return /^\d{4}-\d\d-\d\d$/.test(text) ? ascii() : null;
    case 'guid': return GUID.test(text) ? join(Uint8Array.of(tag), Uint8Array.from(text.replace(/-/g, '').match(/../g), d => parseInt(d, 16))) : null;
    case 'integer': return /^(0|-?[1-9][0-9]*)$/.test(text) ? ascii() : null;
    case 'enum': return /^[\x21-\x7e]{1,200}$/.test(text) ? ascii() : null;
    case 'bool': return /^[01]$/.test(text) ? ascii() : null;
    default: { const raw = base64(text); return raw && join(Uint8Array.of(tag), raw); }
  }
}
const fieldKey = (salt, field) => hmac(hmac(new Uint8Array(32), salt), join(utf8.encode('hele/commit/1\0' + field), ONE));

// ── a receipt ──
function readReceipt(source) {
  const text = source.replace(/^\ufeff+/, '').replace(/\r\n/g, '\n');
  const parts = text.length <= 1e6 ? text.split('\n\n') : [];
  if (parts.length < 4) return null;
  const [head, body, proof] = parts, note = readNote(parts.slice(3).join('\n\n'));
  const lines = head.split('\n'), opened = [];
  if (lines.shift() !== 'hele-receipt/1') return null;
  let salt = null;
  if (lines[0]?.startsWith('salt ') && !(salt = hash32(lines.shift().slice(5)))) return null;
  for (const line of lines) {
    const words = line.split(' '), [open, label, field, keyText, kind] = words, tag = TAGS.indexOf(kind);
    if (words.length < 5 || open !== 'open' || tag < 0 || !/^[\x21-\x7e]{1,128}$/.test(field)) return null;
    const key = salt ? null : hash32(keyText);
    if (salt ? keyText !== '-' : !key) return null;
    if (words.length === 5 && tag !== 0) return null;
    const said = words.slice(5).join(' '), value = TAGS[tag] === 'text' ? unquoted(said) : said, bytes = value === null ? null : valueBytes(tag, value);
    if (!bytes || (opened.length && opened[opened.length - 1].label >= label)) return null;
    opened.push({ label, field, key, tag, said, bytes });
  }
  const steps = proof.split('\n'), index = number((steps[1] ?? '').replace(/^index /, '')), hashesOf = steps.slice(2).map(hash32);
  const entry = readEntry(utf8.encode(body + '\n'));
  return note && entry && steps[0] === 'c2sp.org/tlog-proof@v1' && steps[1]?.startsWith('index ') && index !== null && !hashesOf.includes(null)
    ? { salt, opened, entry, index, proof: hashesOf, note } : null;
}
function isIncluded(leaf, index, size, root, proof) {
  if (index >= size) return false;
  let node = BigInt(index), last = BigInt(size) - 1n, hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      hash = children(sibling, hash);
      while (!(node & 1n) && node) { node >>= 1n; last >>= 1n; }
    } else hash = children(hash, sibling);
    node >>= 1n; last >>= 1n;
  }
  return last === 0n && same(hash, root);
}
function checkReceipt(text, keyText) {
  const findings = [], found = (code, holds, says, ...args) => findings.push({ code, holds, says, args });
  const end = limits => ({ ok: findings.every(f => f.holds) && limits.length > 0, findings, limits, kinds: [] });
  const file = readReceipt(text);
  if (!file) { found('form', false, 'BadForm'); return end([]); }
  const key = readKey(keyText);
  if (!key) { found('key', false, 'BadKey'); return end([]); }
  const checkpoint = readCheckpoint(file.note.text);
  if (!checkpoint || checkpoint.origin !== key.name || !isSigned(file.note, key)) { found('checkpoint', false, 'CheckpointNotSigned', key.name); return end([]); }
  found('checkpoint', true, 'CheckpointSigned', checkpoint.origin, checkpoint.size);
  if (!isIncluded(leafHash(file.entry.bytes), file.index, checkpoint.size, checkpoint.root, file.proof)) { found('inclusion', false, 'NotIncluded'); return end([]); }
  found('inclusion', true, 'Included', file.index);
  const header = [utc(file.entry.time), file.entry.jurisdiction, file.entry.id];
  if (file.entry.confidential) found('header', true, 'ConfidentialHeader', ...header);
  else found('header', true, 'Header', file.entry.kind, ...header);
  for (const field of file.opened) {
    const committed = file.entry.fields.get(field.label);
    const holds = !!committed && (file.entry.confidential || field.label === field.field)
      && same(hmac(file.salt ? fieldKey(file.salt, field.field) : field.key, field.bytes), committed);
    const value = TAGS[field.tag] === 'null' ? SAYS.NoValue : field.said;
    if (!holds) found('field', false, 'FieldFails', field.field);
    else if (file.entry.confidential && !file.salt) found('field', true, 'FieldHoldsUnnamed', field.label, field.field, value);
    else found('field', true, 'FieldHolds', field.field, value);
  }
  if (file.entry.fields.size > file.opened.length) found('closed', true, 'Closed', file.entry.fields.size - file.opened.length);
  return end(['LimitTruth', 'LimitClock', 'LimitWitness']);
}
const utc = time => time.toISOString().slice(0, 19).replace('T', ' ');
// The day in China, which has one time and no summer time.
const day = time => new Date(+time + 8 * 3600_000).toISOString().slice(0, 10);

// ── a kit: a zip archive whose files are stored, not packed ──
async function readZip(blob) {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 65557)).arrayBuffer()), view = new DataView(tail.buffer);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return null;
  const count = view.getUint16(end + 10, true), length = view.getUint32(end + 12, true), from = view.getUint32(end + 16, true);
  if (from + length > blob.size) return null;
  const directory = new DataView(await blob.slice(from, from + length).arrayBuffer()), files = new Map();
  for (let i = 0, at = 0; i < count; i++) {
    if (at + 46 > length || directory.getUint32(at, true) !== 0x02014b50) return null;
    const [method, packed, plain, name, extra, comment, local] = [directory.getUint16(at + 10, true), directory.getUint32(at + 20, true), directory.getUint32(at + 24, true),
      directory.getUint16(at + 28, true), directory.getUint16(at + 30, true), directory.getUint16(at + 32, true), directory.getUint32(at + 42, true)];
    if (at + 46 + name > length) return null;
    const called = fromUtf8(new Uint8Array(directory.buffer, at + 46, name));
    const head = new DataView(await blob.slice(local, local + 30).arrayBuffer());
    if (files.has(called) || head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50 || method !== 0 || packed !== plain) return null;
    const begin = local + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    if (begin + plain > blob.size) return null;
    files.set(called, blob.slice(begin, begin + plain));
    at += 46 + name + extra + comment;
  }
  return files;
}
class Frontier {
  size = 0;
  slots = [];
  append(leaf) {
    let carry = leaf, height = 0;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) carry = children(this.slots[height++], carry);
    this.slots[height] = carry;
    this.size++;
  }
  root() {
    let root = null;
    for (let height = 0, rest = this.size; rest > 0; height++, rest = Math.floor(rest / 2))
      if (rest % 2 === 1) root = root ? children(this.slots[height], root) : this.slots[height];
    return root ?? sha();
  }
}
// A log that was restored goes on under its own name and a number (EpochName).
const ownName = origin => origin.replace(/\/(?:[2-9]|[1-9]\d{1,3})$/, '');
async function checkKit(blob, keyText, pinned, progress) {
  const findings = [], found = (code, holds, says, ...args) => findings.push({ code, holds, says, args });
  const end = (limits, kinds = []) => ({ ok: findings.every(f => f.holds) && limits.length > 0, findings, limits, kinds });
  const files = await readZip(blob).catch(() => null);
  const text = async name => { const file = files?.get(name); try { return file && file.size <= 1e6 ? fromUtf8(new Uint8Array(await file.arrayBuffer())) : null; } catch { return null; } };
  const about = /^hele-kit\/1\njurisdiction (.+)\nmade (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n$/.exec(await text('kit') ?? ''), ownKey = (await text('key'))?.replace(/\n+$/, ''), note = readNote(await text('checkpoint'));
  const entries = files?.get('entries');
  if (!about || !ownKey || !note || !entries) { found('form', false, 'BadKit'); return end([]); }
  const [, jurisdiction, made] = about;
  found('form', true, 'KitOf', jurisdiction, made.slice(0, 19).replace('T', ' '));
  const key = readKey(keyText || ownKey);
  if (!key) { found('key', false, 'BadKey'); return end([]); }
  if (!keyText) found('key', true, 'KeyFromKit', key.text);
  else if (keyText === ownKey) found('key', true, 'KeyGiven');
  const checkpoint = readCheckpoint(note.text);
  if (!checkpoint || checkpoint.origin !== key.name || !isSigned(note, key)) { found('checkpoint', false, 'CheckpointNotSigned', key.name); return end([]); }
  found('checkpoint', true, 'CheckpointSigned', checkpoint.origin, checkpoint.size);

  const wanted = new Set(pinned.map(p => p.size)), roots = new Map(), kinds = new Map(), frontier = new Frontier(), chunk = 1 << 20;
  if (wanted.has(0)) roots.set(0, frontier.root());
  let rest = new Uint8Array(0), at = 0;
  while (at < entries.size || rest.length) {
    if (at < entries.size) { rest = join(rest, new Uint8Array(await entries.slice(at, at + chunk).arrayBuffer())); at = Math.min(at + chunk, entries.size); }
    let from = 0;
    while (from + 2 <= rest.length) {
      const length = rest[from] * 256 + rest[from + 1];
      if (from + 2 + length > rest.length) break;
      const bytes = rest.subarray(from + 2, from + 2 + length), entry = readEntry(bytes);
      if (frontier.size === checkpoint.size) { found('entries', false, 'TooManyEntries', checkpoint.size); return end([]); }
      if (!entry || entry.jurisdiction !== jurisdiction || kinds.size > 10000) { found('entries', false, 'BadEntry', frontier.size); return end([]); }
      frontier.append(leafHash(bytes));
      const seen = kinds.get(entry.kind) ?? { kind: entry.kind, count: 0, first: entry.time, last: entry.time };
      seen.count++;
      if (entry.time < seen.first) seen.first = entry.time;
      if (entry.time > seen.last) seen.last = entry.time;
      kinds.set(entry.kind, seen);
      if (wanted.has(frontier.size)) roots.set(frontier.size, frontier.root());
      from += 2 + length;
    }
    if (from === 0 && at >= entries.size) break;
    rest = rest.slice(from);
    progress?.(frontier.size, checkpoint.size);
  }
  if (rest.length && frontier.size === checkpoint.size) { found('entries', false, 'TooManyEntries', checkpoint.size); return end([]); }
  if (rest.length) { found('entries', false, 'BadEntry', frontier.size); return end([]); }
  if (frontier.size < checkpoint.size) { found('entries', false, 'TooFewEntries', frontier.size, checkpoint.size); return end([]); }
  if (!same(frontier.root(), checkpoint.root)) { found('entries', false, 'EntriesDiffer'); return end([]); }
  found('entries', true, 'EntriesWhole', checkpoint.size);
  for (const kept of pinned) {
    if (kept.origin !== undefined && kept.origin !== checkpoint.origin) {
      // Another epoch of the same log: what was kept must still be here, as far as the restore didn't lose it.
      if (ownName(kept.origin) !== ownName(checkpoint.origin)) found('pinned', false, 'PinOfOther', kept.origin, checkpoint.origin);
      else if (kept.size <= checkpoint.size && same(roots.get(kept.size), kept.root)) found('pinned', true, 'PinOfEpochHolds', kept.origin, kept.size);
      else found('pinned', false, 'PinOfEpochLost', kept.origin, kept.size, checkpoint.origin);
    } else if (kept.note && !isSigned(kept.note, key)) found('pinned', false, 'PinNotSigned', kept.size);
    else if (kept.size > checkpoint.size) found('pinned', false, 'PinLonger', kept.size, checkpoint.size);
    else if (!same(roots.get(kept.size), kept.root)) found('pinned', false, 'PinDiffers', kept.size);
    else found('pinned', true, 'PinHolds', kept.size);
  }
  return end(!findings.every(f => f.holds) ? ['LimitContent'] : pinned.length ? ['LimitWhole', 'LimitContent'] : ['LimitWhole', 'LimitContent', 'LimitAlone'], [...kinds.values()].sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)));
}

// ── the page ──
const $ = id => document.getElementById(id);
const SAYS = JSON.parse($('says').textContent);
let language = (navigator.language || 'zh').startsWith('zh') ? 'zh' : 'en';
const say = (name, ...args) => SAYS[name][language].replace(/\{(\d)\}/g, (_, i) => args[i]?.[language] ?? args[i]);
const sentence = finding => say(finding.says, ...finding.args);
function show() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const e of document.querySelectorAll('[data-zh]')) e.textContent = e.dataset[language];
  document.title = $('title').textContent;
}
function line(parent, tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  parent.append(element);
  return element;
}
function report(result) {
  const out = $('result');
  out.replaceChildren();
  out.className = result.ok ? 'good' : 'bad';
  line(out, 'h2', say(result.ok ? 'Proved' : 'NotProved'));
  const list = line(out, 'ul', '');
  for (const finding of result.findings) line(list, 'li', (finding.holds ? '✓ ' : '✗ ') + sentence(finding), finding.holds ? '' : 'no');
  for (const limit of result.limits) line(out, 'p', say(limit), 'limit');
  if (result.kinds.length) {
    const fold = line(out, 'details', '');
    line(fold, 'summary', say('KindsOfEvent', result.kinds.length));
    const table = line(fold, 'table', ''), row = (cells, tag) => { const tr = line(table, 'tr', ''); for (const cell of cells) line(tr, tag, cell); };
    row(['KindOfEvent', 'CountOfKind', 'FirstOfKind', 'LastOfKind'].map(name => say(name)), 'th');
    for (const k of result.kinds) row([k.kind, String(k.count), day(k.first), day(k.last)], 'td');
  }
  out.focus();
}
let last = null;
async function check(event) {
  event.preventDefault();
  const file = $('file').files[0], pins = [], problem = text => { $('problem').textContent = text; };
  problem('');
  if (!file) return problem(say('NeedFile'));
  for (const text of $('pins').value.trim().replace(/\r\n/g, '\n').split(/\n\s*\n(?!— )/).filter(t => t.trim())) {
    const pin = readPinned(text);
    if (!pin) return problem(say('NeedPin', pins.length + 1));
    pins.push(pin);
  }
  const key = $('key').value.trim(), start = new Uint8Array(await file.slice(0, 4).arrayBuffer()), kit = hex(start) === '504b0304';
  if (!kit && !key) return problem(say('NeedKey'));
  $('go').disabled = true;
  try {
    last = kit ? await checkKit(file, key, pins, (done, total) => problem(say('Reading', done, total))) : checkReceipt(file.size <= 1e6 ? await file.text() : '', key);
    problem('');
    report(last);
  } finally { $('go').disabled = false; }
}
$('form').addEventListener('submit', check);
$('other').addEventListener('click', () => { language = language === 'zh' ? 'en' : 'zh'; show(); if (last) report(last); });
show();
// For tests, and for whoever wants to ask from the console.
globalThis.Verifier = {
  receipt: checkReceipt, kit: checkKit, pinned: readPinned, sentence: (finding, of) => { language = of; return sentence(finding); },
  signed: (message, signature, key) => { try { return verify(signature, message, key, { zip215: false }); } catch { return false; } },
};
