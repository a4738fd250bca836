/* Shows a page anew when it has changed, at the same place. Only `hexapla serve` adds this. */
(() => {
  const script = document.currentScript
  const { path, shown, version } = script.dataset
  const key = "hexapla-preview:" + location.pathname

  /* The browser's own way goes to the address's anchor, and gives up where the page is shorter for
     the moment because its images are still on their way. */
  const restore = () => {
    let place
    try {
      place = JSON.parse(sessionStorage.getItem(key))
      sessionStorage.removeItem(key)
    } catch {
      return
    }
    if (!place) return
    history.scrollRestoration = "manual"
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" })
    go()
    addEventListener("load", () => {
      requestAnimationFrame(() => {
        go()
        history.scrollRestoration = "auto"
      })
    }, { once: true })
  }

  const showAnew = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY }))
    } catch {
      /* Without storage the browser's own way has to do. */
    }
    location.reload()
  }

  const reads = (address, changed) => {
    try {
      const found = new URL(address, document.baseURI)
      return found.origin === location.origin && decodeURI(found.pathname) === changed
    } catch {
      return false
    }
  }

  /* A style sheet takes the place of the one before it; for all else the page is shown anew. */
  const changeAsset = changed => {
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      if (!reads(link.href, changed)) continue
      const next = link.cloneNode()
      const address = new URL(link.href)
      address.searchParams.set("changed", Date.now())
      next.href = address.href
      next.addEventListener("load", () => link.remove(), { once: true })
      link.after(next)
      return
    }
    const users = document.querySelectorAll("script[src], img[src], source[src], video[src]")
    for (const user of users) {
      if (reads(user.src, changed)) return showAnew()
    }
  }

  let events
  const listen = () => {
    const query = new URLSearchParams({ path, shown, version })
    events = new EventSource("/_hexapla/events?" + query)
    events.addEventListener("page", showAnew)
    events.addEventListener("asset", event => changeAsset(JSON.parse(event.data)))
  }

  restore()
  listen()
  /* A connection that is kept open keeps the page from being kept for the back button. */
  addEventListener("pagehide", () => events.close())
  addEventListener("pageshow", event => event.persisted && listen())
})()
