using System.Collections.Concurrent;
using Halley.Kernels;

namespace Halley.Decisions;

public sealed partial class DecisionEngine
{
    /// <summary>Decides every row of a table: the same checks, plan and fallback as live, and the same bits.</summary>
    /// <param name="records">Columns named as the inputs; other columns are passed over.</param>
    /// <exception cref="HalleyException">HLY4004: a column is absent or of another kind. What is wrong with a single row is told in that row.</exception>
    public BatchResult Decide(Table records, BatchOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var inputs = new BatchInputs(Plan.Definition, records);
        var columns = new BatchColumns(Plan, options, records.RowCount);
        const int size = SlotBlock.BatchCapacity;
        var idle = new ConcurrentBag<BatchWorker>();
        var (blocks, done) = ((records.RowCount + size - 1) / size, 0);
        WorkItems.For(
            blocks,
            options.Threads,
            item =>
            {
                var worker = idle.TryTake(out var used) ? used : new BatchWorker(Plan, Math.Min(size, records.RowCount));
                DecideBlock(worker, inputs, columns, item * size, Math.Min(size, records.RowCount - item * size));
                idle.Add(worker);
                options.Progress?.Report(new("deciding", (double)Interlocked.Increment(ref done) / blocks));
            },
            cancellation
        );
        return columns.Finish(idField < 0 ? null : records.Find(Plan.Definition.Inputs.Fields[idField].Name));
    }

    void DecideBlock(BatchWorker worker, BatchInputs inputs, BatchColumns columns, int start, int rowCount)
    {
        // 1. The rows that the schema accepts, one after the other into the block.
        var accepted = Encode(worker, inputs, columns, start, rowCount);
        worker.Block.RowCount = accepted;
        worker.Block.FirstRow = start;
        // 2. All at once; where a part throws for some row, each row by itself.
        var isRun = TryRun(worker.Block);
        for (var row = 0; row < accepted; row++)
        {
            if (isRun && new PlanRow(Plan, worker.Block, row) is var answer && answer.IsWhole())
                columns.Take(worker.TableRows[row], answer);
            else
                DecideAlone(worker, inputs, columns, row);
        }
    }

    /// <returns>Number of rows in the block.</returns>
    int Encode(BatchWorker worker, BatchInputs inputs, BatchColumns columns, int start, int rowCount)
    {
        var block = worker.Block;
        block.RowCount = rowCount;
        var doubtful = worker.Doubtful.AsSpan(0, rowCount);
        doubtful.Clear();
        inputs.Read(start, rowCount, worker.Inputs, doubtful);
        var accepted = 0;
        for (var row = 0; row < rowCount; row++)
        {
            var texts = TextsOf(worker, inputs, start + row);
            for (var field = 0; field < worker.Record.Length; field++)
                worker.Record[field] = worker.Inputs[field][row];
            if (doubtful[row] && !Encoder.TryEncode(inputs.RecordAt(start + row), worker.Record, texts, out var problems))
            {
                columns.Refuse(start + row, problems);
                continue;
            }
            for (var field = 0; field < worker.Record.Length; field++)
                block[field][accepted] = worker.Record[field];
            block[Plan.DrawSlot][accepted] = Plan.Definition.RandomCheck is null
                ? double.NaN
                : DrawOf(UnitIdOf(worker.Record, texts));
            worker.TableRows[accepted++] = start + row;
        }
        return accepted;
    }

    string?[] TextsOf(BatchWorker worker, BatchInputs inputs, int row)
    {
        // Only the id's text is read by a decision.
        if (idField >= 0)
            worker.Texts[idField] = inputs.TextAt(idField, row);
        return worker.Texts;
    }

    bool TryRun(SlotBlock block)
    {
        try
        {
            Plan.Run(block);
            return true;
        }
        // Whichever row it is, deciding the rows one by one finds and names it.
        catch (Exception)
        {
            return false;
        }
    }

    void DecideAlone(BatchWorker worker, BatchInputs inputs, BatchColumns columns, int row)
    {
        var draft = pool.Rent();
        for (var field = 0; field < draft.Inputs.Length; field++)
            draft.Inputs[field] = worker.Block[field][row];
        TextsOf(worker, inputs, worker.TableRows[row]).CopyTo(draft.Texts, 0);
        using var answer = Decide(draft, inputs.RecordAt(worker.TableRows[row]));
        if (answer.IsFallback)
            columns.Take(worker.TableRows[row], answer);
        else
            columns.Take(worker.TableRows[row], answer.Row);
    }
}
