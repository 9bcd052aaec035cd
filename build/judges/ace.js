// Runs Ace on each book given and prints its reports, JSON, one after the
// other; to standard error, how many documents were judged. Ace's own command
// starts a browser for each book and a tab for each document; here two tabs
// serve all. Documents of the same markup, as in another language or another
// book, are judged once: what Ace says of a document it says of its markup.
// What markup a document has stands in a file of JSON, by the SHA-256 of its
// bytes; one that does not is judged for itself.
const { createHash } = require("node:crypto")
const { readFileSync } = require("node:fs")
const ace = require("@daisy/ace-core")
const puppeteer = require("puppeteer-core")

const [chromium, known, ...books] = process.argv.slice(2)
const markup = JSON.parse(readFileSync(known, "utf8"))

async function judge(page, url, scripts, contents) {
	await page.goto(url)
	for (const content of [...contents, ...scripts.map(file => readFileSync(file, "utf8"))]) await page.evaluate(content)
	return page.evaluate(() => new Promise((resolve, reject) => daisy.ace.run((err, result) => err ? reject(err) : resolve(result))))
}

;(async () => {
	const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] })
	const tabs = [await browser.newPage(), await browser.newPage()]
	const judged = new Map()
	let documents = 0
	const runner = {
		concurrency: tabs.length,
		launch() {},
		close() {},
		async run(url, scripts, contents) {
			const sum = createHash("sha256").update(readFileSync(new URL(url))).digest("hex")
			const key = markup[sum] ?? sum
			documents++
			if (!judged.has(key)) {
				const tab = tabs.pop()
				judged.set(key, judge(tab, url, scripts, contents).finally(() => tabs.push(tab)))
			}
			return structuredClone(await judged.get(key))
		},
	}
	for (const book of books) await ace(book, { cwd: process.cwd(), initLogger: true, silent: true }, runner)
	console.error(`judged ${judged.size} of ${documents} documents`)
	await browser.close()
})().catch(err => {
	console.error(err)
	process.exit(1)
})
