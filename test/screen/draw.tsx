/** A scenario as a screen shows it: real rules for the hints, real layout, text without colour. */
import process from 'node:process';
import {Box, renderToString} from 'ink';
import type {ReactElement} from 'react';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import type {ScreenContext} from '../../source/screen/acts/act.ts';
import {helpOf, hintsOf} from '../../source/screen/keys/keys.ts';
import {Screen, type ScreenProps} from '../../source/screen/panels/screen.tsx';
import {initialView, type Size, type View} from '../../source/screen/state/view.ts';
import {openTheme, type Theme} from '../../source/screen/theme.ts';
import {type Given, given} from '../given.ts';
import {runsIn} from '../scenarios/run-files.ts';
import type {Scenario} from '../scenarios/scenarios.ts';

export const small: Size = {columns: 80, rows: 24};
export const wide: Size = {columns: 120, rows: 40};

const plain = openTheme({ascii: false, colour: false});

const night = 'Europe/Amsterdam';

/** In the zone of the night, whatever the machine's is. */
export const inZone = <T,>(run: () => T): T => {
	const before = process.env['TZ'];
	if (before === night) return run();
	process.env['TZ'] = night;
	try {
		return run();
	} finally {
		if (before === undefined) delete process.env['TZ'];
		else process.env['TZ'] = before;
	}
};

export const viewOf = ({screen, you, view}: Scenario, size: Size): View => ({
	...initialView(screen, you, size),
	...view,
});

/** What the panels are given where the cutover stands so, on that view. */
export const propsAt = (
	{state, entries, observed, now, snapshot: standingOf}: Given,
	view: View,
	theme: Theme = plain,
): ScreenProps => {
	const {person} = view;
	const snapshot = standingOf(person);
	const at: ScreenContext = {
		state,
		snapshot,
		entries,
		view,
		opening: null,
		replay: null,
		steady: 0,
		account: 'cutover@bastion-1',
		would: (draft, as, speaker) => {
			const by = {...person, role: as ?? person.role};
			const decision = decide(
				state,
				{
					...draft,
					id: 'would',
					confirm: [],
					...(speaker === undefined ? {} : {relayed: {speaker, channel: '…', words: '…'}}),
				},
				{at: now, by, observed},
			);
			return isRefusal(decision) ? decision : null;
		},
		what: () => null,
		evidence: () => [],
		willRun: () => runsIn(state),
		preview: () => null,
		changes: () => null,
		outputLines: () => view.tail?.total ?? 0,
	};
	const {account, what, evidence} = at;
	return {
		state,
		snapshot,
		view,
		theme,
		person,
		account,
		what,
		evidence,
		entries,
		replay: null,
		hints: hintsOf(at),
		help: () => helpOf(at),
	};
};

export const propsOf = (scenario: Scenario, size: Size = small, theme: Theme = plain): ScreenProps =>
	propsAt(given(scenario.acts, scenario.now, scenario.observed), viewOf(scenario, size), theme);

/** Plain text, a line a row. */
export const textOf = (element: ReactElement, {columns}: Size): string =>
	inZone(() => renderToString(<Box>{element}</Box>, {columns}));

export const drawn = (scenario: Scenario, size: Size = small, theme: Theme = plain): string =>
	inZone(() => textOf(<Screen {...propsOf(scenario, size, theme)} />, size));
