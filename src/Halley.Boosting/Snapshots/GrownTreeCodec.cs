namespace Halley.Boosting;

/// <summary>Grown trees as bytes, equal to the bit when read again.</summary>
static class GrownTreeCodec
{
    const int LeastNodeBytes = 40;

    internal static void Write(GrownTree tree, LittleEndianWriter writer)
    {
        writer.Write(tree.Order);
        writer.Write(tree.Nodes.Count);
        foreach (var node in tree.Nodes)
        {
            Write(node.Sums, writer);
            writer.Write(node.Left);
            writer.Write(node.Value);
            writer.Write((byte)((node.Split is null ? 0 : 1) + (node.Model is null ? 0 : 2)));
            if (node.Split is { } split)
                Write(split, writer);
            if (node.Model is { } model)
                Write(model, writer);
        }
    }

    internal static GrownTree Read(ref LittleEndianReader reader)
    {
        var order = reader.ReadInt32("order");
        var nodes = new GrownNode[reader.ReadCount(LeastNodeBytes, "nodes")];
        for (var index = 0; index < nodes.Length; index++)
        {
            var sums = ReadSums(ref reader);
            var (left, value) = (reader.ReadInt32("child"), reader.ReadDouble("value"));
            var parts = reader.ReadByte("parts");
            nodes[index] = new()
            {
                Sums = sums,
                Left = left,
                Value = value,
                Split = (parts & 1) != 0 ? ReadSplit(ref reader) : null,
                Model = (parts & 2) != 0 ? ReadModel(ref reader) : null,
            };
        }
        return new(nodes) { Order = order };
    }

    static void Write(GradientSums sums, LittleEndianWriter writer)
    {
        writer.Write(sums.Gradient);
        writer.Write(sums.Hessian);
        writer.Write(sums.Rows);
    }

    static GradientSums ReadSums(ref LittleEndianReader reader) =>
        GradientSums.Of(reader.ReadDouble("gradient"), reader.ReadDouble("hessian"), reader.ReadDouble("rows"));

    static void Write(Split split, LittleEndianWriter writer)
    {
        writer.Write(split.Feature);
        writer.Write(split.Gain);
        writer.Write(split.Rank);
        writer.Write(split.LastLeftBin);
        writer.Write(split.GoesLeft.Length);
        foreach (var side in split.GoesLeft)
            writer.Write((byte)(side ? 1 : 0));
        Write(split.Left, writer);
        Write(split.Right, writer);
    }

    static Split ReadSplit(ref LittleEndianReader reader)
    {
        var (feature, gain, rank) = (reader.ReadInt32("feature"), reader.ReadDouble("gain"), reader.ReadDouble("rank"));
        var (last, sides) = (reader.ReadInt32("last bin"), new bool[reader.ReadCount(1, "sides")]);
        for (var bin = 0; bin < sides.Length; bin++)
            sides[bin] = reader.ReadByte("side") != 0;
        var left = ReadSums(ref reader);
        return new(feature, gain, last, sides, left, ReadSums(ref reader)) { Rank = rank };
    }

    static void Write(LeafModel model, LittleEndianWriter writer)
    {
        writer.Write(model.Constant);
        writer.Write(model.Features.Length);
        for (var term = 0; term < model.Features.Length; term++)
        {
            writer.Write(model.Features[term]);
            writer.Write(model.Slopes[term]);
            writer.Write(model.Means[term]);
        }
    }

    static LeafModel ReadModel(ref LittleEndianReader reader)
    {
        var constant = reader.ReadDouble("constant");
        var features = new int[reader.ReadCount(20, "terms")];
        var (slopes, means) = (new double[features.Length], new double[features.Length]);
        for (var term = 0; term < features.Length; term++)
            (features[term], slopes[term], means[term]) = (
                reader.ReadInt32("feature"),
                reader.ReadDouble("slope"),
                reader.ReadDouble("mean")
            );
        return new(features, slopes, constant, means);
    }
}
