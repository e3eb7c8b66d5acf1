// An embed tells the page around it how high it is, so that nothing of it is cut or scrolled; it tells nothing else.
const tellHeight = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height)
  if (height && parent !== window) parent.postMessage({ ramp155Height: height }, "*")
}
new ResizeObserver(tellHeight).observe(document.body)
