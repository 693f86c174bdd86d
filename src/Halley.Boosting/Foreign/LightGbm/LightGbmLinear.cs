namespace Halley.Boosting;

/// <summary>The linear models of a LightGBM tree's leaves.</summary>
static class LightGbmLinear
{
    internal static ForeignLinear[] Read(LightGbmSection tree, int leaves, int features)
    {
        var constants = tree.Numbers("leaf_const", leaves);
        var counts = tree.Whole("num_features", leaves);
        var total = 0;
        foreach (var count in counts)
        {
            if (count < 0 || count > features)
                ForeignErrors.Malformed(tree.Place, $"a leaf's linear model has {count} features of {features}.");
            total = checked(total + count);
        }
        var columns = tree.Whole("leaf_features", total);
        var coefficients = tree.Numbers("leaf_coeff", total);
        // Leaves are set apart by blanks, so the two lists have equally many.
        if (tree.Blanks("leaf_features") != tree.Blanks("leaf_coeff"))
            ForeignErrors.Malformed(
                tree.Place,
                $"leaf_features and leaf_coeff do not hold the same leaves: {tree.Blanks("leaf_features")} and {tree.Blanks("leaf_coeff")} blanks."
            );
        var models = new ForeignLinear[leaves];
        for (var (leaf, at) = (0, 0); leaf < leaves; at += counts[leaf++])
            models[leaf] = new(constants[leaf], columns[at..(at + counts[leaf])], coefficients[at..(at + counts[leaf])]);
        if (Array.Exists(columns, column => (uint)column >= (uint)features))
            ForeignErrors.Malformed(tree.Place, $"a leaf's linear model reads a feature beyond {features}.");
        return models;
    }
}
