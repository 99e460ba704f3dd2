/*
Where there is no room for a screen: status, clock and Next in one line.
*/
import {nextText} from '../../cutover/snapshot/next-step.ts';
import {safe} from '../../text/clean.ts';
import type {PanelProps} from '../panel.ts';
import {faultWord} from '../state/view.ts';
import {tShort} from './board/clocks.ts';
import {toneOf} from './frame.ts';
import {bold, fitted, type Line, plain, span} from './line.ts';

export const oneLine = ({snapshot, view, size, theme, replay}: PanelProps): Line => {
	const {headline, next, status} = snapshot;
	const loud = headline.loud || view.fault !== null;
	const look = toneOf(status, loud, theme);
	const said = view.fault === null ? headline.word : faultWord(view.fault);
	const word = replay === null ? said : `REPLAY ${said}`;
	const text = view.message?.text ?? view.fault?.fix ?? (next === null ? 'nothing to do' : nextText(next));
	return fitted(
		[span(safe(word), {...look, ...bold}), span(safe(` ${tShort(snapshot)} ${text}`), plain)],
		size.columns,
	);
};
