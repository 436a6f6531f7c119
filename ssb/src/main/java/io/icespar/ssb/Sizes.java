package io.icespar.ssb;

/** How many rows there are of what, at a scale factor. An order has four lines on average. */
record Sizes(int customers, int suppliers, int parts, int orders) {
    private static final int CUSTOMERS = 30_000;
    private static final int SUPPLIERS = 2_000;
    private static final int PARTS = 200_000;
    private static final int ORDERS = 1_500_000;

    /** As published; below 1, where the formula for parts gives none, they go with the others. */
    static Sizes of(double scaleFactor) {
        double parts = scaleFactor < 1 ? scaleFactor : 1 + Math.floor(Math.log(scaleFactor) / Math.log(2));
        return new Sizes((int) (scaleFactor * CUSTOMERS), (int) (scaleFactor * SUPPLIERS), (int) (parts * PARTS), (int)
                (scaleFactor * ORDERS));
    }
}
