namespace Halley.Boosting;

sealed partial class BoostingRun
{
    /// <summary>The largest derivatives before the latest derivation, which set its units.</summary>
    (double Gradient, double Hessian) unitsFrom;

    /// <summary>Writes all that the rounds to come depend on: trees, scores, and what was estimated and drawn on the way.</summary>
    internal void WriteState(LittleEndianWriter writer)
    {
        writer.Write(Trees.Count);
        foreach (var tree in Trees)
            GrownTreeCodec.Write(tree, writer);
        writer.Write(curve.Count);
        foreach (var point in curve)
        {
            writer.Write(point.Learn);
            writer.Write(point.Validation ?? double.NaN);
        }
        writer.Write(BestRound);
        writer.Write(unitsFrom.Gradient);
        writer.Write(unitsFrom.Hessian);
        writer.Write(Loss.Shape ?? double.NaN);
        writer.Write(learn.Constant);
        writer.Write(validation?.Constant ?? 0);
        foreach (var scores in Scores())
            Write(scores, writer);
        if (drops is null)
            return;
        Write(drops.State.Factors, writer);
        Write(drops.State.Remembered, writer);
    }

    /// <summary>Goes on from a state that was written: the gradients are taken again, to the same bits.</summary>
    internal void ReadState(ref LittleEndianReader reader)
    {
        var count = reader.ReadCount(8, "trees");
        for (var tree = 0; tree < count; tree++)
            Trees.Add(GrownTreeCodec.Read(ref reader));
        count = reader.ReadCount(16, "rounds");
        for (var round = 0; round < count; round++)
        {
            var (own, other) = (reader.ReadDouble("learn deviance"), reader.ReadDouble("validation deviance"));
            curve.Add(new(round, own, validation is null ? null : other));
        }
        BestRound = reader.ReadInt32("best round");
        unitsFrom = (reader.ReadDouble("units"), reader.ReadDouble("units"));
        var loss = Loss.WithShape(reader.ReadDouble("shape"));
        learn.UseLoss(loss);
        validation?.UseLoss(loss);
        learn.Constant = reader.ReadDouble("constant");
        var constant = reader.ReadDouble("constant");
        if (validation is not null)
            validation.Constant = constant;
        foreach (var scores in Scores())
            Read(ref reader).CopyTo(scores, 0);
        if (drops is not null)
            drops.State = (Read(ref reader), Read(ref reader));
        learn.Largest = unitsFrom;
        learn.Derive(gradients, RoundingSeed);
    }

    IEnumerable<double[]> Scores()
    {
        yield return learn.Eta;
        if (validation is not null)
            yield return validation.Eta;
        if (forest is null)
            yield break;
        yield return forest.Sums.Learn;
        yield return forest.Sums.Validation;
    }

    static void Write(double[] values, LittleEndianWriter writer)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.Write(value);
    }

    static double[] Read(ref LittleEndianReader reader)
    {
        var values = new double[reader.ReadCount(sizeof(double), "scores")];
        for (var row = 0; row < values.Length; row++)
            values[row] = reader.ReadDouble("score");
        return values;
    }
}
