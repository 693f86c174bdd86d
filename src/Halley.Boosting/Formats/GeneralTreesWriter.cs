namespace Halley.Boosting;

static class GeneralTreesWriter
{
    internal static void Write(TreeEnsemble trees, LittleEndianWriter writer)
    {
        writer.Write(TreeEnsembleFormat.Magic);
        writer.Write(GeneralTreesFormat.Version);
        writer.Write(trees.Inputs.Count);
        foreach (var input in trees.Inputs)
            TreeEnsembleWriter.Write(input, writer);
        writer.Write(trees.Derived.Length);
        foreach (var column in trees.Derived)
            DerivedColumnFormat.Write(column, writer);
        Write(trees.Rule, writer);
        TreeEnsembleWriter.Write(trees.Nodes, writer);
        Write(trees.Nodes.Linear, writer);
        writer.Write((byte)(trees.Nodes.LeafIds is null ? 0 : 1));
        foreach (var id in trees.Nodes.LeafIds ?? [])
            writer.Write(id);
        writer.Write((byte)(trees.Nodes.PathsByRows ? 1 : 0));
    }

    static void Write(ScoreRule rule, LittleEndianWriter writer)
    {
        writer.Write(rule.OutputCount);
        foreach (var value in rule.Bases.Concat(rule.Biases))
            writer.Write(value);
        writer.Write((byte)((rule.SingleSums ? 1 : 0) + 2 * (int)rule.Aggregate));
        writer.Write(rule.Scale);
        writer.Write(rule.Divisor);
        writer.Write(rule.Output);
        writer.Write((byte)rule.Transform);
        writer.Write(rule.TreeOutputs.Length);
        foreach (var output in rule.TreeOutputs)
            writer.Write(output);
    }

    static void Write(LinearLeaves? linear, LittleEndianWriter writer)
    {
        writer.Write(
            (byte)(
                linear is null ? 0
                : linear.Means is null ? 1
                : 2
            )
        );
        if (linear is null)
            return;
        writer.Write((byte)linear.Missing);
        foreach (var constant in linear.Constants)
            writer.Write(constant);
        foreach (var start in linear.Starts)
            writer.Write(start);
        foreach (var column in linear.Columns)
            writer.Write(column);
        foreach (var coefficient in linear.Coefficients)
            writer.Write(coefficient);
        foreach (var mean in linear.Means ?? [])
            writer.Write(mean);
    }
}
