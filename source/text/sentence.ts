/** Text as a sentence: with the full stop that it lacks, and no second one behind what people wrote. */
export const asSentence = (text: string): string =>
	/[.!?…。！？]$/.test(text) ? text.replace(/(?<=[.!?…。！？])\.$/, '') : `${text}.`;
