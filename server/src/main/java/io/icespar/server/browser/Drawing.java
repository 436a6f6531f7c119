package io.icespar.server.browser;

import org.eclipse.jetty.util.StringUtil;

/**
 * A diagram on a page: its text, and scripts that draw it of that. Who runs no scripts reads the text.
 *
 * @param text the diagram in the language of Mermaid
 * @param library the address of {@link MermaidScript}
 */
record Drawing(String text, String library) {

    /** Draws the text that is on the page in the page's own colours, and anew when those change. */
    static final String SCRIPT = """
            (() => {
              const text = document.querySelector('pre').textContent;
              const figure = document.querySelector('figure');
              const dark = matchMedia('(prefers-color-scheme: dark)');
              let drawings = 0;
              async function draw() {
                const style = getComputedStyle(document.documentElement);
                const colour = name => style.getPropertyValue('--' + name).trim();
                mermaid.initialize({
                  startOnLoad: false,
                  securityLevel: 'strict',
                  suppressErrorRendering: true,
                  maxTextSize: text.length + 1,
                  maxEdges: text.length,
                  er: {useMaxWidth: false},
                  theme: 'base',
                  themeVariables: {
                    darkMode: dark.matches,
                    fontFamily: 'system-ui, sans-serif',
                    background: colour('card'),
                    primaryColor: colour('ground'),
                    primaryTextColor: colour('ink'),
                    primaryBorderColor: colour('soft'),
                    textColor: colour('ink'),
                    lineColor: colour('soft'),
                    tertiaryColor: colour('card'),
                    edgeLabelBackground: colour('card'),
                    rowOdd: colour('card'),
                    rowEven: colour('card'),
                  },
                });
                const {svg} = await mermaid.render('diagram' + ++drawings, text);
                figure.innerHTML = svg;
              }
              async function show() {
                try {
                  await draw();
                  figure.hidden = false;
                  document.querySelector('details').open = false;
                } catch (failure) {
                  console.error(failure);
                  document.querySelector('.failed').hidden = false;
                }
              }
              dark.addEventListener('change', show);
              show();
            })();
            """;

    /** What stands for it on the page. */
    String html() {
        return """
                <figure hidden></figure>
                <p class="failed" hidden>This browser cannot draw the diagram. Here is its text:</p>
                <noscript><p>This browser runs no scripts, which draw the diagram. Here is its text:</p></noscript>
                <details open><summary>As text, in the language of Mermaid</summary><pre>%s</pre></details>\
                """.formatted(StringUtil.sanitizeXmlString(text));
    }

    /** What draws it, at the end of the page. */
    String scripts() {
        return "<script src=\"" + StringUtil.sanitizeXmlString(library) + "\"></script>\n<script>" + SCRIPT
                + "</script>";
    }
}
