/** What percent-encoding hides; the text itself where it is none. */
export const decoded = (text: string): string => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};
