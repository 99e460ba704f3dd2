/* When a message is tried again. */
import {wallShort} from '../text/time.ts';
import type {Answer, Message} from './channel.ts';

/** ms between the tries; the last of them from then on. */
const pauses = [2000, 8000, 30_000, 60_000, 120_000] as const;

/** A message that did not arrive for so long is given up: what it says is old, and newer ones wait. */
const patienceMs = 900_000;

/** What people should learn in another way: a message that is late by more than this. */
const lateMs = 10_000;

/** `tries`: so far, this one included; `since`: of the first, ms. */
export type Tried = {readonly tries: number; readonly since: number; readonly now: number};

/** Pause before the next try, ms; null where there is none. Never sooner than the service asks. */
export function pauseAfter(answer: Answer, {tries, since, now}: Tried): number | null {
	if (answer.arrived || !answer.again) return null;
	const usual = pauses[Math.min(tries, pauses.length) - 1] ?? pauses[0];
	const pause = Math.max(usual, answer.afterMs ?? 0);
	return now + pause - since > patienceMs ? null : pause;
}

/** Whether the screen says by now that it did not arrive. */
export const isLate = ({since, now}: Tried, pause: number | null): boolean =>
	pause === null || now + pause - since > lateMs;

/** As it is sent then: late, it says of when it is, because what it tells may be over. */
export const asSent = (message: Message, {since, now}: Pick<Tried, 'since' | 'now'>): Message =>
	now - since > lateMs ? {...message, text: `${message.text} (of ${wallShort(message.at)}, sent late)`} : message;
