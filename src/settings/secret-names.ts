/** API_KEY, apiKey, APIKey and api-key have the same words. */
const wordsOf = (name: string): readonly string[] =>
	name
		.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/u)
		.filter((word) => word !== '')
		.map((word) => word.toUpperCase());

/** Whole words: an AUTHOR, a TOKENIZER and a MONKEY have no secret. */
const secretWord =
	/^(?:[A-Z]*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?|(?:API|ACCESS|AUTH|DEPLOY|ENCRYPTION|GPG|MASTER|PRIVATE|SIGNING|SSH)?KEYS?|(?:DB|PG)?PASS|PWD|CREDS|O?AUTH|PAT|BEARER|PIN|PEM)$/u;

/** GIT_SSH_COMMAND and the like name a secret, or where it is, without being one. */
const harmlessWord =
	/^(?:COMMAND|CMD|PATHS?|FILES?|SOCK|SOCKET|DIRS?|FOLDER|ID|TYPE|SIZE|LENGTH|TTL|TIMEOUT)$/u;

/** Whether the value of an environment variable of this name is to be kept from other eyes. */
export const isSecretName = (name: string): boolean => {
	const words = wordsOf(name);
	return words.some((word) => secretWord.test(word)) && !harmlessWord.test(words.at(-1) ?? '');
};
