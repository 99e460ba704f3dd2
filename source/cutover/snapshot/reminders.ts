/*
Who was asked and has not answered is reminded: after three minutes by name, and after six with those who could
answer instead.
*/
import {stamp, wallShort} from '../../text/time.ts';
import type {State} from '../model/state.ts';
import {whoText} from './acts.ts';
import {byLinkText} from './links.ts';
import type {Notice} from './notices.ts';
import {missing} from './poll.ts';
import type {Snapshot} from './snapshot.ts';
import {isAsked} from './triggers.ts';

const everyMs = 180_000;
const most = 2;

/** `at` in ms. */
type Asked = {readonly name: string; readonly what: string; readonly roles: readonly string[]; readonly at: number};

const polled = ({poll}: Snapshot): readonly Asked[] =>
	poll === null || poll.opened === null
		? []
		: [
				{
					name: `poll ${poll.stage}`,
					what: `${poll.kind} or not at ${poll.stage}`,
					roles: missing(poll),
					at: poll.opened,
				},
			];

const questions = ({triggers}: Snapshot): readonly Asked[] =>
	triggers.filter(isAsked).flatMap(({id, text, askedAt, facts}) => {
		const roles = [...new Set(facts.flatMap(({awaits}) => awaits))];
		return askedAt === null ? [] : [{name: `trigger ${id}`, what: `trigger ${id}, ${text}`, roles, at: askedAt}];
	});

/** Who else could answer. How they are called is sent to nobody: it is on the board. */
const instead = ({runbook}: State, roles: readonly string[]): readonly string[] =>
	roles.flatMap(role => {
		const names = runbook?.deputies?.[role] ?? [];
		return names.length === 0 ? [] : [`deputy of ${role}: ${names.join(', ')}`];
	});

/** The reminder of each open question that is due now, and that nobody sent. */
export const remindersNow = (snapshot: Snapshot, state: State, isKnown: (name: string) => boolean): readonly Notice[] =>
	[...polled(snapshot), ...questions(snapshot)].flatMap(({name, what, roles, at}) => {
		const round = Math.min(most, Math.floor((snapshot.now - at) / everyMs));
		const own = `reminder ${round} of ${name} ${stamp(at)}`;
		if (roles.length === 0 || round < 1 || isKnown(own)) return [];
		const text = [
			`${whoText(state, roles, true)} still to answer since ${wallShort(at)}: ${what}`,
			...(round < most ? [] : instead(state, roles)),
			...byLinkText(snapshot, state, roles),
		].join('; ');
		return [{on: 'awaited', names: [own], level: 'warning', text, at: snapshot.now}];
	});
