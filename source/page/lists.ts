/* Timeline, gates, votes, rollback, sign-offs, journal and evidence of the page. */
import {againText} from '../cutover/snapshot/stages.ts';
import {instant, local, stamp, wall} from '../text/time.ts';
import type {Board} from './board.ts';
import {type Html, html} from './html.ts';
import {solid} from './solid.ts';
import {table} from './table.ts';
import {gantt, stateClass, tall} from './timeline.ts';

const at = (time: string | null): string | null => (time === null ? null : wall(instant(time)));

const state = (word: string): Html => html`<span class="s-${stateClass(word)}">${word.toUpperCase()}</span>`;

export function timeline({status}: Board): Html {
	const ms = (time: string | null): number | null => (time === null ? null : instant(time));
	const bars = status.stages.map(({id, state: word, unheard, planned, started, ended, expected}) => ({
		id,
		state: unheard ? 'unknown' : word,
		planned: ms(expected) ?? ms(planned) ?? instant(status.t0),
		started: ms(started),
		ended: ms(ended),
	}));
	const rows = status.stages.map(stage => [
		stage.id,
		state(stage.unheard ? 'unknown' : stage.state),
		at(stage.planned),
		at(stage.started) ?? (stage.expected === null ? null : `expected ${at(stage.expected)}`),
		at(stage.ended),
		[stage.remark, againText(stage), stage.awaits.length > 0 ? `awaits ${stage.awaits.join(', ')}` : null]
			.filter(Boolean)
			.join('; '),
	]);
	return html`${gantt(bars, instant(status.now))}${tall(bars)}<details id="stages"><summary>Stages as a table</summary>${table(['stage', 'state', 'planned', 'began', 'ended', 'remark'], rows)}</details>`;
}

export const gates = ({status}: Board): Html =>
	table(
		['gate', 'verdict', 'what', 'since', 'valid until', 'by'],
		status.gates.map(({id, title, verdict, unheard, judging, since, until, by, awaits}) => [
			id,
			html`${state(unheard ? 'unknown' : verdict)}${judging && verdict !== 'running' && html` <small>running again</small>`}`,
			html`${solid(title)}${awaits.length > 0 && html`<small>awaits ${awaits.join(', ')}</small>`}`,
			at(since),
			at(until),
			by,
		]),
	);

export function votes({status}: Board): Html {
	const {poll} = status;
	if (poll === null) return html`<p>No vote is asked for.</p>`;
	const {opened, withdrawn} = poll;
	const title = poll.kind === 'go' ? 'GO or NO-GO' : 'Keep the change';
	const rows = poll.votes.map(({role, vote, by, at: when, reason, relayedBy}) => [
		role,
		vote === null
			? opened === null
				? html`<span class="dim">not asked</span>`
				: html`<span class="s-due">AWAITED</span>`
			: html`<span class="${vote === 'no-go' ? 's-no' : 's-pass'}">${vote.toUpperCase()}</span>`,
		by === null ? null : `${by}${relayedBy === null ? '' : `, relayed by ${relayedBy}`}`,
		at(when),
		reason,
	]);
	return html`<p>${title}, at ${poll.stage}${opened === null ? `; the poll is not open${withdrawn === null ? ' yet' : ' any more'}` : `; asked ${at(opened)}`}.</p>${withdrawn !== null && html`<p class="s-no">All votes are withdrawn: ${solid(withdrawn.reason)}</p>`}${table(['role', 'vote', 'by', 'at', 'reason'], rows)}`;
}

export function rollback({status}: Board): Html {
	const {rollback: found} = status;
	if (found === null) return html`<p>No rollback has begun.</p>`;
	const rows = found.proof.map(({endpoint, proved, upSeconds}) => [
		endpoint,
		proved ? state('done') : state('due'),
		`up for ${upSeconds} s since the end of the path`,
	]);
	return html`<p><b>${found.path}: ${found.state}</b>${found.since !== null && `, since ${at(found.since)}`}</p><p>${solid(found.reason)}</p>${
		found.approvals.length > 0 &&
		html`<p>Waits for ${found.approvals.map(({environment, reviewers}) => `${reviewers.length > 0 ? reviewers.join(' or ') : 'a timer'} (${environment})`).join(', ')}.</p>`
	}${
		found.jobs.length > 0 &&
		table(
			['job', 'state', 'conclusion'],
			found.jobs.map(job => [job.name, job.state, job.conclusion]),
		)
	}${rows.length > 0 && table(['endpoint', 'proved', 'how'], rows)}`;
}

export const signOffs = ({status}: Board): Html =>
	table(
		['sign-off', 'role', 'what', 'signed'],
		status.signOffs.map(({id, role, text, signed, by, at: when, notRecorded}) => [
			id,
			role,
			text,
			signed
				? html`<span class="s-signed">SIGNED</span> ${by} ${at(when)}`
				: notRecorded === null
					? html`<span class="s-open">OPEN</span>`
					: `not recorded: ${notRecorded}`,
		]),
	);

export const evidence = ({status, head}: Board): Html =>
	html`${table(
		['field', 'recorded'],
		status.fields.map(({field, value}) => [field, value]),
	)}<p class="dim">Journal of ${head.entries} entries, head <code>${head.hash.slice(0, 16)}</code></p>`;

/** `isFile`: there is no server that has the older ones. */
export function journal({journal: lines}: Board, isFile = false): Html {
	const oldest = lines.at(-1)?.entry ?? 1;
	const older = `${oldest - 1} older entries`;
	return html`<ol class="journal">${lines.map(line => html`<li><time datetime="${stamp(line.at)}" title="${local(line.at)}">${wall(line.at)}</time><span>${solid(line.text)}</span></li>`)}</ol>${oldest > 1 && (isFile ? html`<p>${older} are not in this file.</p>` : html`<p class="screen"><a href="${`/journal?before=${oldest}`}">${older}</a></p>`)}`;
}
