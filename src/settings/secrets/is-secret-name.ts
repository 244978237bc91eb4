/** API_KEY, apiKey, APIKey and api-key have the same words. */
const wordsOf = (name: string): readonly string[] =>
	name
		.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/u)
		.filter((word) => word !== '')
		.map((word) => word.toUpperCase());

/** Whole words: an AUTHOR, a TOKENIZER and a MONKEY have no secret. */
const plainWord =
	/^(?:[A-Z]*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?|(?:API|ACCESS|AUTH|DEPLOY|ENCRYPTION|MASTER|SIGNING)KEYS?|(?:DB|PG)?PASS|PWD|CREDS|BEARER|AUTHORIZATION|COOKIES?|JWTS?)$/u;

/** These name a secret in a variable; elsewhere as often a file, a kind, or a name. */
const vagueWord = /^(?:(?:GPG|PRIVATE|SSH)?KEYS?|O?AUTH|PAT|PIN|PEM|SESSION)$/u;

/** A key of such a kind is nothing but a secret. */
const kindOfKey = /^(?:API|ACCESS|ENCRYPTION|MASTER|SIGNING)$/u;

/** GIT_SSH_COMMAND and the like name a secret, or where it is, without being one. */
const harmlessWord =
	/^(?:COMMAND|CMD|PATHS?|FILES?|SOCK|SOCKET|DIRS?|FOLDER|ID|TYPE|SIZE|LENGTH|TTL|TIMEOUT)$/u;

/** That of a desktop is the name of a program: DESKTOP_SESSION, XDG_SESSION_DESKTOP (pam_systemd(8)). */
const namesSession = (words: readonly string[]): boolean =>
	words.at(-1) === 'SESSION' && !words.includes('DESKTOP');

const isVague = (words: readonly string[]): boolean =>
	words.some((word) => (word === 'SESSION' ? namesSession(words) : vagueWord.test(word)));

/** Whether the value of an environment variable of this name is to be kept from other eyes. */
export const isSecretName = (name: string): boolean => {
	const words = wordsOf(name);
	return (
		(words.some((word) => plainWord.test(word)) || isVague(words)) && !harmlessWord.test(words.at(-1) ?? '')
	);
};

/** Whether a name says so beyond doubt, wherever it stands: the KEY of an option is most often a file. */
export const isPlainlySecret = (name: string): boolean => {
	const words = wordsOf(name);
	return (
		!harmlessWord.test(words.at(-1) ?? '') &&
		(words.some((word) => plainWord.test(word)) ||
			(words.some((word) => kindOfKey.test(word)) && isVague(words)))
	);
};
