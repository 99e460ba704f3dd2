/*
How far a running attempt is: against how long the same took before, or against its limit where nothing is known of before.
*/
import {attemptKey} from '../../../cutover/model/attempt-target.ts';
import type {Attempt} from '../../../cutover/model/state.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {progressBar} from '../board/bars.ts';
import {inset, type Line, span} from '../line.ts';

/** `████░░░  90 % of about 11:30`; none for what has ended, or has nothing to be compared with. */
export const progressLines = ({snapshot, theme, size}: PanelProps, attempt: Attempt): readonly Line[] => {
	if (attempt.ended !== null) return [];
	const usual = snapshot.running.find(ref => attemptKey(ref) === attemptKey(attempt))?.usual ?? null;
	const limit = attempt.limitSeconds === null ? null : attempt.limitSeconds * 1000;
	const whole = usual?.typical ?? limit;
	if (whole === null || whole <= 0) return [];
	const share = (snapshot.now - attempt.at) / whole;
	const seen = usual === null || usual.count === 1 ? '' : `, ${minutes(usual.shortest)} to ${minutes(usual.longest)}`;
	const of = usual === null ? `of its limit ${minutes(whole)}` : `of about ${minutes(whole)}${seen}`;
	const text = `  ${Math.floor(share * 100)} % ${of}`;
	const width = Math.max(0, size.columns - 2 - text.length);
	return [inset(size.columns, [...progressBar(theme, share, width, share > 1 ? 'yellow' : 'cyan'), span(text)])];
};
