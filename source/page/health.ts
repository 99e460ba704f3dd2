/* Endpoints with their newest answers, and the triggers with the outage clock against its threshold. */
import {counted} from '../text/counted.ts';
import {durationText, instant, minutes, wall} from '../text/time.ts';
import type {Board} from './board.ts';
import {type Html, html} from './html.ts';
import {solid} from './solid.ts';
import {table} from './table.ts';
import {stateClass} from './timeline.ts';

type Endpoint = Board['status']['endpoints'][number];
type Trigger = Board['status']['triggers'][number];
type Samples = Board['samples'][string];

const width = 300;
const height = 44;

/** A line of answers; a bar at the bottom for each that failed, a lower one where nobody knows. `t0` in ms. */
function sparkline(name: string, samples: Samples, t0: number | null): Html {
	const [first] = samples;
	const last = samples.at(-1);
	if (first === undefined || last === undefined) return html`<p class="dim">No samples yet.</p>`;
	const times = samples.flatMap(({ms}) => (typeof ms === 'number' ? [ms] : []));
	const slowest = Math.max(...times, 1);
	const x = (at: number): string => (((at - first.at) / (last.at - first.at || 1)) * (width - 4)).toFixed(1);
	const drawn = samples.map(({at, ms}, index) =>
		typeof ms === 'number'
			? `${typeof samples[index - 1]?.ms === 'number' ? 'L' : 'M'}${x(at)} ${(32 - (ms / slowest) * 28).toFixed(1)}`
			: '',
	);
	const failed = samples.filter(({ms}) => ms === 'fail').length;
	const unknown = samples.filter(({ms}) => ms === 'unknown').length;
	const label = `${name}, newest ${samples.length} samples: ${failed} failed, ${unknown} unknown${times.length > 0 ? `, slowest ${Math.round(slowest)} ms` : ''}`;
	const within = t0 !== null && t0 > first.at && t0 < last.at;
	return html`<svg class="samples" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${within && html`<line class="here" x1="${x(t0)}" x2="${x(t0)}" y1="0" y2="${height}"/>`}<path class="spark" d="${drawn.join('')}"/>${samples.map(({at, ms}) => typeof ms !== 'number' && html`<rect class="${ms === 'fail' ? 'bad' : 'gap'}" x="${x(at)}" y="${ms === 'fail' ? 32 : 38}" width="4" height="${ms === 'fail' ? 12 : 6}"/>`)}</svg>`;
}

function endpoint({name, state, since, lastLatencyMs, critical, answered, version}: Endpoint, board: Board): Html {
	const {status, samples} = board;
	const facts = [
		since === null ? null : `since ${wall(instant(since))}`,
		state === 'up' && lastLatencyMs !== null ? `${Math.round(lastLatencyMs)} ms` : null,
		answered === null ? null : `two people say ${answered}`,
		version === null ? null : `version ${version}`,
		critical ? null : 'not critical',
	].filter(each => each !== null);
	const t0 = status.t0Started === null ? null : instant(status.t0Started);
	return html`<h3>${name} <span class="s-${state}">${state.toUpperCase()}</span> <small>${facts.join(', ')}</small></h3>${sparkline(name, samples[name] ?? [], t0)}`;
}

const seconds = (value: number): string => minutes(value * 1000);

/** How much of the threshold is used. */
function meter({outageSeconds, thresholdSeconds}: Trigger): Html | null {
	if (outageSeconds === null || thresholdSeconds === null || outageSeconds === 0) return null;
	const share = Math.min(100, (outageSeconds / Math.max(1, thresholdSeconds)) * 100);
	return html`<div class="meter" role="img" aria-label="${seconds(outageSeconds)} of ${seconds(thresholdSeconds)}"><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="${share < 50 ? 'due' : 'bad'}" width="${share.toFixed(1)}" height="10"/></svg></div>`;
}

function about(trigger: Trigger): Html {
	const {text, outageSeconds, thresholdSeconds, firesAt, firedAt, outages, downSeconds, blind, answerBy} = trigger;
	const lines = [
		outageSeconds === null || thresholdSeconds === null || outageSeconds === 0
			? null
			: `down ${seconds(outageSeconds)} of ${durationText(thresholdSeconds)}`,
		firesAt === null ? null : `fires after ${wall(instant(firesAt))}`,
		firedAt === null ? null : `fired ${wall(instant(firedAt))}`,
		trigger.automaticAt === null ? null : `the rollback starts automatically at ${wall(instant(trigger.automaticAt))}`,
		outages === 0 ? null : `${counted(outages, 'outage')} since T0, ${seconds(downSeconds)} in all`,
		blind.length === 0 ? null : `nobody can see ${blind.join(', ')}`,
		answerBy === null ? null : `answers by ${wall(instant(answerBy))}`,
	].filter(each => each !== null);
	return html`${solid(text)}${lines.length > 0 && html`<small>${lines.join(' · ')}</small>`}${meter(trigger)}${
		firedAt === null && answerBy === null
			? null
			: trigger.facts.map(
					({text: fact, yes, no, awaits}) =>
						html`<small>${solid(fact)}: ${[yes.length > 0 ? `yes ${yes.join(', ')}` : '', no.length > 0 ? `no ${no.join(', ')}` : '', awaits.length > 0 ? `awaited ${awaits.join(', ')}` : ''].filter(Boolean).join('; ')}</small>`,
				)
	}`;
}

export const health = (board: Board): Html => {
	const {endpoints} = board.status;
	return endpoints.length === 0
		? html`<p>No endpoint is measured: people report outages.</p>`
		: html`${endpoints.map(each => endpoint(each, board))}`;
};

export const triggers = ({status}: Board): Html =>
	table(
		['trigger', 'state', 'what'],
		status.triggers.map(trigger => [
			trigger.id,
			html`<span class="s-${stateClass(trigger.state)}">${trigger.state.toUpperCase()}</span>`,
			about(trigger),
		]),
	);
