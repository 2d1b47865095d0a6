// Texts whose contrast with what lies below is under 4.5 to 1 (WCAG 2, relative luminance).
() => {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const linear = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  const below = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor)
      if (colour.length === 3) return colour
    }
    return [255, 255, 255]
  }
  const poor = []
  for (const one of document.querySelectorAll('p, h1, h2, h3, td, th, dt, dd, span, button, a, li')) {
    const texts = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    if (!texts || !one.offsetParent || one.closest(':disabled, .ol-control')) continue
    const pair = [light(parse(getComputedStyle(one).color)), light(below(one))].sort((a, b) => b - a)
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05)
    if (ratio < 4.5) poor.push(`${one.innerText.slice(0, 30)}: ${ratio.toFixed(2)}`)
  }
  return poor
}
