/* How a cutover ended, when, and why. */
import {minutes} from '../../text/time.ts';
import type {State} from '../model/state.ts';

export type Ended = 'kept' | 'rolled back' | 'rollback failed' | 'abandoned';

/** How it ended; null while that is open. Without a closing stage the close itself keeps it. */
export const endedAs = ({abandoned, rollback, kept, closed}: State): Ended | null => {
	if (abandoned !== null) return 'abandoned';
	if (rollback !== null)
		return rollback.proved === null ? (rollback.failed === null ? null : 'rollback failed') : 'rolled back';
	return kept === null && closed === null ? null : 'kept';
};

/** When it ended, and why in a few words: the trigger and how long the rollback took, else the reason of whoever ended it. */
export function endingOf({abandoned, rollback, kept, closed, at}: State): {readonly at: number; readonly why: string} {
	if (abandoned !== null) return {at: abandoned.at, why: abandoned.reason ?? ''};
	if (rollback !== null) {
		const {begun, proved, failed, triggers} = rollback;
		const end = proved?.at ?? failed?.at ?? at;
		const cause = triggers.length > 0 ? `trigger ${triggers.join(', ')}` : (begun.reason ?? '');
		const took = minutes(end - begun.at);
		return {at: end, why: failed === null ? `${cause}, proved in ${took}` : `${cause}: ${failed.reason}`};
	}
	return {at: kept?.at ?? closed?.at ?? at, why: closed?.reason ?? ''};
}
