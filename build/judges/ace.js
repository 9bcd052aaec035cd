// Runs Ace on each book given and prints its reports, JSON, one after the
// other. Ace's own command starts a browser for each book and a tab for each
// document; here two tabs serve all. Documents that differ in nothing but
// words, as in another language or another book, are judged once: what Ace
// says of a document it says of its markup.
const { readFileSync } = require("node:fs")
const ace = require("@daisy/ace-core")
const puppeteer = require("puppeteer-core")

const [chromium, ...books] = process.argv.slice(2)

const markup = document => document
	.replace(/>[^<]*[^\s<][^<]*/g, ">words")
	.replace(/ (lang|xml:lang|aria-label|title|alt|href)="[^"]+"/g, ' $1="words"')

async function judge(page, url, scripts, contents) {
	await page.goto(url)
	for (const content of [...contents, ...scripts.map(file => readFileSync(file, "utf8"))]) await page.evaluate(content)
	return page.evaluate(() => new Promise((resolve, reject) => daisy.ace.run((err, result) => err ? reject(err) : resolve(result))))
}

;(async () => {
	const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] })
	const tabs = [await browser.newPage(), await browser.newPage()]
	const judged = new Map()
	const runner = {
		concurrency: tabs.length,
		launch() {},
		close() {},
		async run(url, scripts, contents) {
			const key = markup(readFileSync(new URL(url), "utf8"))
			if (!judged.has(key)) {
				const tab = tabs.pop()
				judged.set(key, judge(tab, url, scripts, contents).finally(() => tabs.push(tab)))
			}
			return structuredClone(await judged.get(key))
		},
	}
	for (const book of books) await ace(book, { cwd: process.cwd(), initLogger: true, silent: true }, runner)
	await browser.close()
})().catch(err => {
	console.error(err)
	process.exit(1)
})
