using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Files;

internal static class FilesMapping
{
    private static readonly Bilingual Purpose = ("看清事情是什么样、办成了什么样", "seeing what a matter looks like, and what came of it");
    private static readonly Bilingual Basis = ("《城市居民委员会组织法》（2025修订）第32—39条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 32–39; PIPL art. 13(2)(3)");

    private static readonly Handling Matter = new(Purpose, Basis,
        ("与所属的事项一同保存；添加人的信息依法删除时，本人添加的照片一并销毁", "as long as the matter; photos somebody added are destroyed when their data are erased"), Expiry.By("retention.archive", nameof(StoredFile.AddedOn)));

    private static readonly Handling Bytes = new(Purpose, Basis, ("与所属的事项一同保存", "as long as the matter"), Expiry.WithRecord);

    private static readonly Handling HalfAnHour = new(("改好表单之前不用再选照片", "not choosing the photos again while a form is mended"), Basis,
        ("半小时后清除", "removed after half an hour"), Expiry.WithRow);

    public static void Map(ModelBuilder model)
    {
        model.Entity<StoredFile>(e =>
        {
            e.ToTable("StoredFiles");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.SubjectTable).HasMaxLength(Journal.JournalRow.TableLength).NotPersonal();
            e.Property(x => x.SubjectId).NotPersonal();
            e.Property(x => x.Number).NotPersonal();
            e.Property(x => x.Side).NotPersonal();
            e.Property(x => x.Part).HasMaxLength(StoredFile.PartLength).NotPersonal();
            e.Property(x => x.Round).NotPersonal();
            e.Property(x => x.MediaType).HasMaxLength(30).NotPersonal();
            e.Property(x => x.Length).NotPersonal();
            e.Property(x => x.Width).NotPersonal();
            e.Property(x => x.Height).NotPersonal();
            // Stands for the photo in the registry: it is there as long as the photo is.
            e.Property(x => x.Sha256).Personal(("照片的校验值", "Hash of a photo"), Matter);
            e.Property(x => x.AddedById).PersonReference();
            e.Property(x => x.AddedByPostId).PersonReference().PostHistory();
            e.Property(x => x.AddedOn).NotPersonal();
            e.Property(x => x.AddedAt).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.HiddenByPostId).PersonReference().PostHistory();
            e.Property(x => x.HiddenFor).HasMaxLength(StoredFile.ReasonLength).FreeText(("隐藏照片的理由", "Why a photo was hidden"), Matter);
            e.Property(x => x.EndedOn).NotPersonal();
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.AddedByPostId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.HiddenByPostId);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            // Two acts that count the same photos can't both add the next one.
            e.HasIndex(x => new { x.JurisdictionId, x.SubjectId, x.Number }).IsUnique();
        });
        model.Entity<FileBytes>(e =>
        {
            e.ToTable("FileBytes");
            e.HasKey(x => new { x.JurisdictionId, x.FileId });
            e.Property(x => x.JurisdictionId).ValueGeneratedNever().NotPersonal();
            e.Property(x => x.FileId).NotPersonal();
            e.Property(x => x.FullSealed).IsRequired().Sealed(("照片", "Photo"), Bytes);
            e.Property(x => x.SmallSealed).IsRequired().Sealed(("照片的缩略图", "Small form of a photo"), Bytes);
            e.HasOne<Jurisdiction>().WithMany().HasForeignKey(x => x.JurisdictionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<KeptFile>(e =>
        {
            e.ToTable("KeptFiles");
            e.HasKey(x => new { x.AccountId, x.FormId });
            e.Property(x => x.AccountId).PersonReference();
            e.Property(x => x.FormId).NotPersonal();
            e.Property(x => x.KeptAt).NotPersonal();
            e.Property(x => x.PhotosSealed).IsRequired().Sealed(("还没有提交成功的照片", "Photos of a form that isn't accepted yet"), HalfAnHour);
            e.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
