// Controls in sight that have no name for who cannot see them.
() =>
  [...document.querySelectorAll('button, a[href], input, select, [tabindex="0"]')]
    .filter((one) => one.offsetParent !== null && !one.closest('[aria-hidden=true]'))
    .filter((one) => !(one.getAttribute('aria-label') || one.innerText?.trim() || one.title || one.labels?.length))
    .map((one) => one.outerHTML.slice(0, 120))
