// contrast(element) decides what axe-core leaves open: the lowest contrast that
// the element's text has with what lies behind it, NaN when that cannot be told
// from the styles either.
//
// axe stops at gradients, at single letters and where a box that scrolls cuts
// text off. Here a gradient counts with the worst of its colours, a letter like
// a word, and text is scrolled to first.
const contrast = (() => {
	const pixel = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})
	const parse = colour => {
		pixel.clearRect(0, 0, 1, 1)
		pixel.fillStyle = colour
		pixel.fillRect(0, 0, 1, 1)
		const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data
		return [r, g, b, a / 255]
	}
	const over = (top, under) => [...[0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])), 1]
	const between = (a, b, part) => a.map((v, i) => v + (b[i] - v) * part)
	const luminance = c => {
		const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
		return .2126 * r + .7152 * g + .0722 * b
	}
	const ratio = (a, b) => {
		const [dark, light] = [luminance(a), luminance(b)].sort((a, b) => a - b)
		return (light + .05) / (dark + .05)
	}
	const shades = image => {
		const stops = (image.match(/(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\)/g) ?? []).map(parse)
		return stops.flatMap((stop, i) => i ? [.125, .25, .375, .5, .625, .75, .875, 1].map(part => between(stops[i - 1], stop, part)) : [stop])
	}
	// Only the element's own ancestors may lie behind it.
	const alone = el => {
		el.scrollIntoView({block: "center", inline: "center"})
		return [...el.getClientRects()].every(r => {
			const stack = document.elementsFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2)
			const at = stack.findIndex(e => el.contains(e))
			return at === 0 && stack.every(e => el.contains(e) || e.contains(el))
		})
	}
	return el => {
		if (!alone(el)) return NaN
		const line = []
		for (let e = el; e; e = e.parentElement) line.unshift(e)
		let behind = [[255, 255, 255, 1], [0, 0, 0, 1]]
		for (const e of line) {
			const s = getComputedStyle(e)
			if (s.opacity !== "1" || /url\(|image-set/.test(s.backgroundImage) || s.mixBlendMode !== "normal") return NaN
			const plain = behind.map(b => over(parse(s.backgroundColor), b))
			const shade = shades(s.backgroundImage)
			const partly = s.backgroundSize !== "auto" || s.backgroundRepeat !== "repeat"
			behind = shade.length ? [...shade.flatMap(top => plain.map(b => over(top, b))), ...(partly ? plain : [])] : plain
		}
		const text = parse(getComputedStyle(el).color)
		return Math.min(...behind.map(b => ratio(over(text, b), b)))
	}
})()
