package io.icespar.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class SvgChartTest {
    private static final Chart BARS = Chart.bars(
                    "a < b & c",
                    "times",
                    List.of("Q1", "Q2"),
                    List.of(new Chart.Series("one", List.of(0.5, 36.0)), new Chart.Series("other", List.of(1.0, 2.0))))
            .withTarget(1)
            .withTarget(1.5);

    private static final Chart LINES = Chart.lines(
            "growth", "ms", List.of(1, 10, 100), List.of(new Chart.Series("planning", List.of(1.0, 1.1, 1.2))));

    @Test
    void itIsWellFormedWithABarForEachFigureAndALineForEachTarget() throws Exception {
        Document svg = parse(SvgChart.of(BARS));
        assertEquals("a < b & c", svg.getElementsByTagName("title").item(0).getTextContent());
        // Two of the rectangles are the legend.
        assertEquals(4 + 2, svg.getElementsByTagName("rect").getLength());
        assertEquals(2, ofClass(svg, "line", "target").size());
    }

    @Test
    void aGreaterFigureHasALongerBar() throws Exception {
        List<Element> bars = ofClass(parse(SvgChart.of(BARS)), "rect", "f0");
        double small = Double.parseDouble(bars.get(1).getAttribute("width"));
        double great = Double.parseDouble(bars.get(2).getAttribute("width"));
        assertTrue(great > small, small + ", " + great);
    }

    @Test
    void aLineHasAPointForEachFigure() throws Exception {
        Document svg = parse(SvgChart.of(LINES));
        Element line = (Element) svg.getElementsByTagName("polyline").item(0);
        assertEquals(3, line.getAttribute("points").split(" ").length);
        assertEquals(3, svg.getElementsByTagName("circle").getLength());
    }

    @Test
    void itCanBeReadOnWhiteAndOnBlack() {
        assertTrue(SvgChart.of(BARS).contains("prefers-color-scheme: dark"));
    }

    @Test
    void figuresThatAreAllAlikeOrZeroAreDrawn() throws Exception {
        for (double figure : new double[] {0, 1, 0.00001, 1e9}) {
            Chart bars = Chart.bars("t", "a", List.of("p"), List.of(new Chart.Series("s", List.of(figure))));
            Chart lines = Chart.lines("t", "a", List.of(1), List.of(new Chart.Series("s", List.of(figure))));
            for (Chart chart : List.of(bars, lines)) {
                String svg = SvgChart.of(chart);
                parse(svg);
                assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
            }
        }
    }

    private static List<Element> ofClass(Document svg, String tag, String style) {
        NodeList all = svg.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("class").equals(style)) {
                found.add(element);
            }
        }
        return found;
    }

    private static Document parse(String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
