/*
The evidence as one page that needs nothing else: no script, no request, any browser, any printer. On top what is computed,
then what did not go as planned, then the tables; below them the journal, for people and as the data from which its chain is
verified. The head of the journal is in the foot of every printed page.
*/
import {identityText} from '../../cutover/model/person.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import {type Html, html, raw} from '../../page/html.ts';
import {headOf, policy} from '../../page/policy.ts';
import {solid} from '../../page/solid.ts';
import {style} from '../../page/style.ts';
import {dated, fact, table} from '../../page/table.ts';
import {gantt, tall} from '../../page/timeline.ts';
import {instant} from '../../text/time.ts';
import {checksOf} from '../checks.ts';
import {exceptionsOf} from '../exceptions.ts';
import {dataBlock} from '../journal-block.ts';
import type {Package} from '../package.ts';
import {type Section, sections} from '../sections.ts';
import {textLines} from './text.ts';

const at = (time: string): Html => html`<time datetime="${time}">${dated(instant(time))}</time>`;

const block = (title: string, body: Html | readonly Html[]): Html => html`<section><h2>${title}</h2>${body}</section>`;

const section = ({title, header, rows, remarks}: Section, evidence: Package): Html =>
	block(title, [
		table(header, rows(evidence)),
		...(remarks?.(evidence) ?? []).map(remark => html`<p>${solid(remark)}</p>`),
	]);

const answers = {yes: ['s-pass', 'YES'], no: ['s-no', 'NO'], none: ['dim', '–']} as const;

const checks = (evidence: Package): Html =>
	table(
		['check', 'answer', 'why'],
		checksOf(evidence).map(({question, answer, why}) => [
			question,
			html`<span class="${answers[answer][0]}">${answers[answer][1]}</span>`,
			why,
		]),
	);

const exceptions = ({entries, snapshot}: Package): Html =>
	table(
		['entry', 'at', 'kind', 'what'],
		exceptionsOf(
			entries,
			snapshot.unconfirmed.map(({entry}) => entry),
		).map(each => [each.seq, at(each.at), each.kind, each.text]),
	);

const journal = ({entries}: Package): Html =>
	table(
		['entry', 'at', 'what', 'role', 'identity', 'login'],
		entries.map(entry => [
			entry.seq,
			at(entry.at),
			sentence(entry),
			entry.by.role,
			identityText(entry.by),
			entry.by.login,
		]),
	);

/** Hex and numbers only: nothing from outside is in a style. */
const foot = ({seq, hash}: Package['head']): string =>
	`@page{margin:15mm 12mm 18mm;@bottom-left{content:"journal head ${hash.replaceAll(/[^0-9a-f]/g, '')}, entry ${seq}";font:7pt monospace}@bottom-right{content:counter(page) " of " counter(pages);font:7pt monospace}}`;

const facts = ({state, snapshot, exportedAt}: Package): Html =>
	html`<dl class="clocks">${[
		fact('Cutover', state.id),
		fact('Ticket', snapshot.ticket ?? 'none'),
		fact('Environment', snapshot.environment ?? 'not stated'),
		fact('T0 planned', dated(snapshot.t0)),
		fact('T0 began', snapshot.t0Started === null ? 'not begun' : dated(snapshot.t0Started)),
		fact('Exported', at(exportedAt)),
	]}</dl>`;

const integrity = ({runbook, head}: Package): Html =>
	html`<p>Runbook <code>${runbook.path}</code>, <code>${runbook.digest}</code>.</p><p>Journal of ${head.seq} entries, head <code>${head.hash}</code>. Every entry holds the hash of the one before it: a changed, added or missing entry changes the head. Compare the head with one that was noted elsewhere, and check from this file alone that the chain is whole and that this page says what the journal says:</p><pre>cutover-tui verify evidence.html --head ${head.hash}</pre><p>The digests of logs, attachments and approved files are in the tables. The files themselves are in the folder of the cutover; <code>cutover-tui verify FOLDER</code> checks them as well.</p>`;

export function asHtml(evidence: Package): string {
	const {program, state, snapshot, runbook, head} = evidence;
	const look = `${style}${foot(head)}`;
	const {word, text} = snapshot.headline;
	const bars = evidence.stages.map(({id, state: stage, planned, started, ended}) => ({
		id,
		state: stage,
		planned,
		started,
		ended,
	}));
	const more = html`<meta name="generator" content="${program}"><meta http-equiv="content-security-policy" content="${raw(policy(look, null))}">`;
	const document = html`${headOf(`Evidence: ${runbook.title}`, look, more)}<body>${state.rehearsal !== null && html`<p class="rehearsal">REHEARSAL: this is no evidence of a real cutover</p>`}<header><h1>Evidence: ${runbook.title}</h1></header>
<main><section><p class="now"><b>${word}</b> ${solid(text)}</p>${facts(evidence)}</section>
${block('Checks', checks(evidence))}
${block('Exceptions', exceptions(evidence))}
${block('Timeline', [gantt(bars, instant(evidence.exportedAt)), tall(bars)])}
${block(
	'Record',
	html`<pre>${textLines(evidence).map(
		line => html`${line}
`,
	)}</pre>`,
)}
${sections.map(each => section(each, evidence))}
${block('Integrity', integrity(evidence))}
${block('Journal', journal(evidence))}
</main>
${raw(dataBlock(evidence.lines()))}
</body></html>
`;
	return document.toString();
}
